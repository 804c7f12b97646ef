#include "results/report/charts/cells/strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr double kWidth = 260, kHeight = 22, kMargin = 6, kMiddle = kHeight / 2;
constexpr double kLetter = 6.4;  // mean width of a word's letter

/// Halves keep differences of the largest numbers finite.
double place(const StripScale& scale, double value) {
  const double share =
      (value / 2 - scale.low / 2) / std::max(scale.high / 2 - scale.low / 2, 1e-300);
  return kMargin + std::clamp(share, 0.0, 1.0) * (kWidth - 2 * kMargin);
}

std::string vertical(std::string_view kind, double x) {
  return fmt::format("<path class=\"{}\" d=\"M{:.1f} 1v{}\"/>", kind, x, kHeight - 2);
}

std::string shape_of(MarkShape shape, double x) {
  switch (shape) {
    case MarkShape::kSquare:
      return fmt::format("<rect class=\"hollow\" x=\"{:.1f}\" y=\"{}\" width=\"7\" height=\"7\">",
                         x - 3.5, kMiddle - 3.5);
    case MarkShape::kDiamond:
      return fmt::format("<path class=\"hollow\" d=\"M{:.1f} {}l4.8 4.8l-4.8 4.8l-4.8-4.8z\">", x,
                         kMiddle - 4.8);
    case MarkShape::kBar:
      return fmt::format("<path class=\"tick-mark\" d=\"M{:.1f} 3v{}\">", x, kHeight - 6);
    case MarkShape::kArrow:
      return fmt::format("<path class=\"arrow\" d=\"M{:.1f} {}v10l6-5z\">", x - 1, kMiddle - 5);
    case MarkShape::kDot:
      break;
  }
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{}\" r=\"4\">", x, kMiddle);
}

std::string_view end_of(MarkShape shape) {
  if (shape == MarkShape::kDot) return "</circle>";
  return shape == MarkShape::kSquare ? "</rect>" : "</path>";
}

std::string mark_svg(const StripScale& scale, const StripMark& mark) {
  if (!std::isfinite(mark.value)) return {};
  std::string out;
  if (std::isfinite(mark.low) && std::isfinite(mark.high)) {
    out += fmt::format(
        "<path class=\"reach\" d=\"M{0:.1f} {2}H{1:.1f}M{0:.1f} {3}v8M{1:.1f} {3}v8\"/>",
        place(scale, mark.low), place(scale, mark.high), kMiddle, kMiddle - 4);
  }
  out += shape_of(mark.shape, place(scale, mark.value));
  if (!mark.note.empty()) out += fmt::format("<title>{}</title>", html(mark.note));
  return out + std::string(end_of(mark.shape));
}

}  // namespace

StripScale strip_scale(std::span<const double> values, std::optional<double> least,
                       std::optional<double> most, std::optional<double> bound) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto widen = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const double value : values) widen(value);
  for (const std::optional<double> limit : {least, most}) widen(limit.value_or(NAN));
  if (low > high) low = high = 0;
  const bool bounded = bound && low >= 0 && high <= *bound;
  // An open side of what is allowed needs room to be seen.
  double margin = 0.15 * (high / 2 - low / 2) * 2;
  if (!(margin > 0)) margin = std::max(0.5, std::abs(high) * 0.1);
  StripScale scale{low - margin, high + margin, {}, {}};
  if (bounded) scale.low = std::max(scale.low, 0.0);
  if (bounded) scale.high = std::min(scale.high, *bound);
  if (least || most) {
    constexpr double kFar = std::numeric_limits<double>::infinity();
    scale.allowed = {least.value_or(-kFar), most.value_or(kFar)};
  }
  return scale;
}

StripScale percent_scale() { return {0, 100, {0, 25, 50, 75, 100}, {}}; }

std::string strip_svg(const StripScale& scale, std::span<const StripMark> marks,
                      std::string_view tone) {
  std::string out =
      fmt::format("<svg class=\"strip-chart {}\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\">", tone,
                  kWidth, kHeight);
  out += fmt::format("<path class=\"grid\" d=\"M{} {}H{}\"/>", kMargin, kMiddle, kWidth - kMargin);
  if (scale.allowed) {
    const auto [low, high] = *scale.allowed;
    const double from = std::isfinite(low) ? place(scale, low) : 0;
    const double to = std::isfinite(high) ? place(scale, high) : kWidth;
    out +=
        fmt::format("<rect class=\"allowed\" x=\"{:.1f}\" y=\"1\" width=\"{:.1f}\" height=\"{}\"/>",
                    from, std::max(to - from, 0.0), kHeight - 2);
    if (std::isfinite(low)) out += vertical("limit", from);
    if (std::isfinite(high)) out += vertical("limit", to);
  }
  for (const double line : scale.lines) out += vertical("grid", place(scale, line));
  for (const StripMark& mark : marks) out += mark_svg(scale, mark);
  return out + "</svg>";
}

std::string strip_axis_svg(const StripScale& scale) {
  std::string out =
      fmt::format("<svg class=\"strip-chart\" viewBox=\"0 0 {} 14\" aria-hidden=\"true\">", kWidth);
  for (const double line : scale.lines) {
    const double x = place(scale, line);
    const std::string_view anchor = line == scale.lines.front()  ? ""
                                    : line == scale.lines.back() ? " end"
                                                                 : " middle";
    out += fmt::format("<text class=\"tick{}\" x=\"{:.1f}\" y=\"11\">{}</text>", anchor,
                       line == scale.lines.front()  ? 0
                       : line == scale.lines.back() ? kWidth
                                                    : x,
                       html(fmt::format("{:g}", line)));
  }
  return out + "</svg>";
}

std::string strip_words_svg(const StripScale& scale, std::span<const StripWord> words) {
  std::string out =
      fmt::format("<svg class=\"strip-chart\" viewBox=\"0 0 {} 14\" aria-hidden=\"true\">", kWidth);
  std::vector<std::pair<double, double>> taken;
  for (const StripWord& word : words) {
    const double half = std::min(kLetter * static_cast<double>(letters_in(word.text)), kWidth) / 2;
    const double x = std::clamp(place(scale, word.value), half, kWidth - half);
    const bool room = std::ranges::none_of(taken, [&](const auto& other) {
      return x - half < other.second && other.first < x + half;
    });
    if (!room) continue;
    taken.emplace_back(x - half, x + half);
    out += fmt::format("<text class=\"tick middle\" x=\"{:.1f}\" y=\"11\">{}</text>", x,
                       html(word.text));
  }
  return out + "</svg>";
}

std::string strip_line(std::string_view what, std::string_view chart, std::string_view value) {
  return fmt::format(
      "<div class=\"strip\"><span class=\"what\">{}</span>{}<span "
      "class=\"value\">{}</span></div>\n",
      what, chart, value);
}

std::string strip_line_without(std::string_view what, std::string_view why) {
  return fmt::format(
      "<div class=\"strip\"><span class=\"what\">{}</span><span class=\"why\">{}</span></div>\n",
      what, html(why));
}

}  // namespace vernier::report

#include "results/report/charts/curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/charts/axis.h"
#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr double kWidth = 360, kHeight = 210;
constexpr double kLeft = 46, kRight = 12, kTop = 10, kBottom = 40;
constexpr double kPlotWidth = kWidth - kLeft - kRight, kPlotHeight = kHeight - kTop - kBottom;
constexpr double kLetter = 5.6;  // mean width of a tick's letter

class Curve {
 public:
  Curve(std::span<const CurveSeries> series, const std::optional<CurveReference>& reference)
      : series_(series) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto widen = [&](double value) {
      if (!std::isfinite(value)) return;
      low = std::min(low, value);
      high = std::max(high, value);
    };
    for (const CurveSeries& one : series) {
      for (const CurvePoint& point : one) {
        if (std::ranges::find(labels_, point.label) == labels_.end())
          labels_.push_back(point.label);
        if (!std::isfinite(point.value)) continue;
        for (const double value : {point.value, point.low, point.high}) widen(value);
      }
    }
    empty_ = low > high;
    if (reference) widen(reference->value);
    if (!empty_) y_ = axis_for(low, high, 5);
  }

  bool empty() const { return empty_; }

  void append_axes(std::string& out, std::string_view x_name) const {
    for (const double tick : y_.ticks) {
      const double at = y(tick);
      out += fmt::format(
          "<line class=\"grid\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
          "<text class=\"tick end\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
          kLeft, kWidth - kRight, at, at, kLeft - 5, at + 3, tick_text(y_, tick));
    }
    // As many labels as have room.
    std::size_t longest = 1;
    for (const std::string& label : labels_) longest = std::max(longest, label.size());
    const double wanted = static_cast<double>(longest) * kLetter + 8;
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(wanted / step())));
    for (std::size_t i = 0; i < labels_.size(); i += every) {
      out += fmt::format("<text class=\"tick middle\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x(i),
                         kHeight - kBottom + 15, html(labels_[i]));
    }
    out += fmt::format("<text class=\"tick middle\" x=\"{:.1f}\" y=\"{:.1f}\">{} →</text>",
                       kLeft + kPlotWidth / 2, kHeight - 8, html(x_name));
  }

  void append_reference(std::string& out, const CurveReference& reference) const {
    if (!std::isfinite(reference.value)) return;
    const double at = y(reference.value);
    out += fmt::format(
        "<path class=\"diagonal\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>"
        "<text class=\"tick end\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
        kLeft, at, kWidth - kRight, kWidth - kRight, at < kTop + 14 ? at + 11 : at - 4,
        html(reference.name));
  }

  void append_series(std::string& out, std::size_t r) const {
    // Intervals of several series stand beside each other.
    const double room = std::min(step() / static_cast<double>(series_.size() + 1), 6.0);
    const double shift =
        room * (static_cast<double>(r) - static_cast<double>(series_.size() - 1) / 2);
    std::string line, points;
    bool broken = true;
    for (const CurvePoint& point : series_[r]) {
      if (!std::isfinite(point.value)) {
        broken = true;
        continue;
      }
      const auto label = std::ranges::find(labels_, point.label);
      const double at = x(static_cast<std::size_t>(label - labels_.begin())) + shift;
      line += fmt::format("{}{:.1f} {:.1f}", broken ? 'M' : 'L', at, y(point.value));
      broken = false;
      append_point(points, r, point, at);
    }
    out += fmt::format("<g class=\"series run-{}\"><path class=\"line\" d=\"{}\"/>{}</g>", r % 6,
                       line, points);
  }

 private:
  double step() const { return kPlotWidth / static_cast<double>(labels_.size()); }
  double x(std::size_t label) const { return kLeft + (static_cast<double>(label) + 0.5) * step(); }
  double y(double value) const { return kTop + (1 - y_.at(value)) * kPlotHeight; }

  void append_point(std::string& out, std::size_t r, const CurvePoint& point, double at) const {
    std::string words = fmt::format("{}: {}", point.label, number_text(point.value, 4));
    out += "<g>";
    if (std::isfinite(point.low) && std::isfinite(point.high)) {
      out += fmt::format(
          "<path class=\"interval\" d=\"M{0:.1f} {1:.1f}V{2:.1f}M{3:.1f} {1:.1f}h6M{3:.1f} "
          "{2:.1f}h6\"/>",
          at, y(point.low), y(point.high), at - 3);
      words += " " + interval_text(point.low, point.high, 4);
    }
    if (!point.note.empty()) words += ", " + point.note;
    const double middle = y(point.value);
    out += r % 2 == 0 ? fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.2\">", at, middle)
                      : fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"6\" height=\"6\">",
                                    at - 3, middle - 3);
    out +=
        fmt::format("<title>{}</title>{}</g>", html(words), r % 2 == 0 ? "</circle>" : "</rect>");
  }

  std::span<const CurveSeries> series_;
  std::vector<std::string> labels_;
  Axis y_{0, 1, {}};
  bool empty_ = true;
};

}  // namespace

std::string curve_svg(std::string_view title, std::string_view x_name,
                      std::span<const CurveSeries> series,
                      const std::optional<CurveReference>& reference) {
  const Curve curve(series, reference);
  if (curve.empty()) return {};
  std::string out =
      fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
                  kWidth, kHeight, html(title));
  curve.append_axes(out, x_name);
  if (reference) curve.append_reference(out, *reference);
  for (std::size_t r = 0; r < series.size(); ++r) curve.append_series(out, r);
  return out + "</svg>";
}

}  // namespace vernier::report

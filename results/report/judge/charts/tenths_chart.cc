#include "results/report/judge/charts/tenths_chart.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/charts/axis.h"
#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr double kWidth = 320, kHeight = 150;
constexpr double kLeft = 40, kRight = 14, kTop = 8, kBottom = 22;
constexpr double kStep = (kWidth - kLeft - kRight) / 10, kPlotHeight = kHeight - kTop - kBottom;

double y_of(const Axis& axis, double percent) {
  return kTop + (1 - axis.at(percent)) * kPlotHeight;
}

void append_axes(std::string& out, const Axis& y) {
  for (const double tick : y.ticks) {
    const double at = y_of(y, tick);
    out += fmt::format(
        "<line class=\"grid\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
        "<text class=\"tick end\" x=\"{:.1f}\" y=\"{:.1f}\">{}\u00a0%</text>",
        kLeft, kWidth - kRight, at, at, kLeft - 5, at + 3, tick_text(y, tick));
  }
  for (int tick = 0; tick <= 10; tick += 2) {
    out += fmt::format("<text class=\"tick middle\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                       kLeft + kStep * tick, kHeight - kBottom + 14, 10 * tick);
  }
}

}  // namespace

std::string tenths_chart(std::string_view title, const std::array<double, 10>& bars,
                         const std::array<double, 10>* line, std::size_t run) {
  double most = std::ranges::max(bars);
  if (line != nullptr) most = std::max(most, std::ranges::max(*line));
  const Axis y = axis_for(0, std::max(100 * most, 4.0), 4);
  std::string out =
      fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
                  kWidth, kHeight, html(title));
  append_axes(out, y);
  out += fmt::format("<g class=\"series run-{}\">", run % 6);
  for (std::size_t d = 0; d < bars.size(); ++d) {
    const double top = y_of(y, 100 * bars[d]);
    out += fmt::format(
        "<rect class=\"tenth\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
        kLeft + kStep * static_cast<double>(d) + 1, top, kStep - 2, y_of(y, 0) - top);
  }
  out += "</g>";
  if (line == nullptr) return out + "</svg>";
  out += fmt::format("<path class=\"stairs\" d=\"M{:.1f} {:.1f}", kLeft, y_of(y, 0));
  for (std::size_t d = 0; d < line->size(); ++d) {
    out += fmt::format("V{:.1f}H{:.1f}", y_of(y, 100 * (*line)[d]),
                       kLeft + kStep * static_cast<double>(d + 1));
  }
  return out + fmt::format("V{:.1f}\"/></svg>", y_of(y, 0));
}

}  // namespace vernier::report

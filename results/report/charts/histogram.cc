#include "results/report/charts/histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "results/report/charts/axis.h"
#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr std::size_t kBins = 32;
constexpr double kWidth = 320, kHeight = 150;
constexpr double kLeft = 40, kRight = 8, kTop = 8, kBottom = 22;
constexpr double kPlotWidth = kWidth - kLeft - kRight, kPlotHeight = kHeight - kTop - kBottom;

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;
};

Range range_of(std::span<const std::vector<double>> runs) {
  Range range;
  for (const auto& values : runs) {
    for (const double value : values) {
      if (!std::isfinite(value)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  return range;
}

std::vector<double> counts_of(const std::vector<double>& values, const Axis& axis) {
  std::vector<double> counts(kBins);
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const auto bin = static_cast<std::size_t>(axis.at(value) * kBins);
    ++counts[std::min(bin, kBins - 1)];
  }
  return counts;
}

double x_of(const Axis& axis, double value) { return kLeft + axis.at(value) * kPlotWidth; }
double y_of(const Axis& axis, double count) { return kTop + (1 - axis.at(count)) * kPlotHeight; }

void append_axes(std::string& out, const Axis& x, const Axis& y) {
  for (const double tick : y.ticks) {
    const double at = y_of(y, tick);
    out += fmt::format(
        "<line class=\"grid\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
        "<text class=\"tick end\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
        kLeft, kWidth - kRight, at, at, kLeft - 5, at + 3, tick_text(y, tick));
  }
  for (const double tick : x.ticks) {
    out += fmt::format("<text class=\"tick middle\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                       x_of(x, tick), kHeight - kBottom + 14, tick_text(x, tick));
  }
}

/// The outline of the bars, from the left end of the axis to the right.
void append_outline(std::string& out, const std::vector<double>& counts, const Axis& y) {
  out += fmt::format("M{:.1f} {:.1f}", kLeft, y_of(y, 0));
  for (std::size_t b = 0; b < counts.size(); ++b) {
    out += fmt::format("V{:.1f}H{:.1f}", y_of(y, counts[b]),
                       kLeft + kPlotWidth * static_cast<double>(b + 1) / kBins);
  }
  out += fmt::format("V{:.1f}", y_of(y, 0));
}

}  // namespace

std::string histogram_svg(std::string_view title, std::span<const std::vector<double>> runs) {
  const Range range = range_of(runs);
  std::string out = fmt::format(
      "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-label=\"{}\">",
      kWidth, kHeight, html(title));
  if (range.low > range.high) {
    return out + fmt::format(
                     "<text class=\"tick middle\" x=\"{}\" y=\"{}\">no sample has this "
                     "score</text></svg>",
                     kWidth / 2, kHeight / 2);
  }
  const Axis x = axis_for(range.low, range.high, 5);
  std::vector<std::vector<double>> counts;
  double most = 4;
  for (const auto& values : runs) {
    counts.push_back(counts_of(values, x));
    most = std::max(most, std::ranges::max(counts.back()));
  }
  const Axis y = axis_for(0, most, 4);
  append_axes(out, x, y);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    out += fmt::format("<path class=\"{} run-{}\" d=\"", r == 0 ? "bars" : "outline", r % 6);
    append_outline(out, counts[r], y);
    out += "\"/>";
  }
  return out + "</svg>";
}

}  // namespace vernier::report

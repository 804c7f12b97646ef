#include "results/report/charts/cells/whisker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vernier::report {

std::string whisker_svg(double difference, const Interval& interval, double detectable,
                        std::string_view sense) {
  constexpr double kWidth = 132, kMiddle = kWidth / 2, kHalf = kWidth / 2 - 5;
  if (!std::isfinite(difference) || !std::isfinite(interval.low) || !std::isfinite(interval.high)) {
    return {};
  }
  const bool marked = std::isfinite(detectable) && detectable >= 0;
  double reach = std::max({std::abs(interval.low), std::abs(interval.high), std::abs(difference)});
  if (marked) reach = std::max(reach, detectable);
  if (reach == 0) reach = 1;
  const auto x = [&](double value) { return kMiddle + value / reach * kHalf; };
  std::string out = fmt::format(
      "<svg class=\"whisker {}\" viewBox=\"0 0 {} 16\" aria-hidden=\"true\">"
      "<line class=\"zero\" x1=\"{}\" x2=\"{}\" y1=\"0\" y2=\"16\"/>",
      sense, kWidth, kMiddle, kMiddle);
  if (marked) {
    out += fmt::format("<path class=\"detectable\" d=\"M{:.1f} 4v8M{:.1f} 4v8\"/>", x(-detectable),
                       x(detectable));
  }
  return out + fmt::format(
                   "<line class=\"reach\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"8\" y2=\"8\"/>"
                   "<circle cx=\"{:.1f}\" cy=\"8\" r=\"3.5\"/></svg>",
                   x(interval.low), x(interval.high), x(difference));
}

}  // namespace vernier::report

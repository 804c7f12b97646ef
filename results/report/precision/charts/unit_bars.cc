#include "results/report/precision/charts/unit_bars.h"

#include <fmt/format.h>

#include <algorithm>

namespace vernier::report {
namespace {

constexpr double kWidth = 260, kHeight = 9, kGap = 1, kRoom = kWidth - 2;

}  // namespace

std::string unit_bars_svg(std::span<const UnitBar> bars, double most) {
  const double height = (kHeight + kGap) * static_cast<double>(bars.size()) + kGap;
  std::string out = fmt::format(
      "<svg class=\"strip-chart\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\">"
      "<path class=\"grid\" d=\"M0.5 0v{}\"/>",
      kWidth, height, height);
  double y = kGap;
  for (const UnitBar& bar : bars) {
    if (bar.value > 0 && most > 0) {
      out += fmt::format(
          "<rect class=\"bar run-{}\" x=\"1\" y=\"{}\" width=\"{:.1f}\" height=\"{}\"/>",
          bar.run % 6, y, std::max(0.5, kRoom * std::min(1.0, bar.value / most)), kHeight);
    }
    y += kHeight + kGap;
  }
  return out + "</svg>";
}

}  // namespace vernier::report

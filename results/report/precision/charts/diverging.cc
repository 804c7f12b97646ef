#include "results/report/precision/charts/diverging.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr double kWidth = 260, kMiddle = kWidth / 2, kHeight = 20;
constexpr double kLongest = 86, kTop = 3, kBar = kHeight - 2 * kTop;

double length_of(std::uint64_t count, std::uint64_t most) {
  if (count == 0) return 0;
  // What is there can be seen.
  return std::max(1.5, kLongest * static_cast<double>(count) / static_cast<double>(most));
}

std::string bar(const char* kind, double x, double length) {
  return fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\"/>",
                     kind, x, kTop, length, kBar);
}

std::string number(const char* anchor, double x, std::uint64_t count) {
  return fmt::format("<text class=\"tick{}\" x=\"{:.1f}\" y=\"{}\">{}</text>", anchor, x,
                     kHeight - 6, count_text(count));
}

}  // namespace

std::string diverging_svg(std::uint64_t worse, std::uint64_t better, std::uint64_t most) {
  most = std::max({most, worse, better, std::uint64_t{1}});
  const double left = length_of(worse, most), right = length_of(better, most);
  return fmt::format(
             "<svg class=\"strip-chart diverging\" viewBox=\"0 0 {} {}\" role=\"img\" "
             "aria-label=\"{} worse, {} better\">",
             kWidth, kHeight, count_text(worse), count_text(better)) +
         bar("worse", kMiddle - left, left) + bar("better", kMiddle, right) +
         number(" end", kMiddle - left - 5, worse) + number("", kMiddle + right + 5, better) +
         fmt::format("<path class=\"tick-mark\" d=\"M{} 1v{}\"/></svg>", kMiddle, kHeight - 2);
}

}  // namespace vernier::report

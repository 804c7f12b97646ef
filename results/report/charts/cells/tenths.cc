#include "results/report/charts/cells/tenths.h"

#include <fmt/format.h>

namespace vernier::report {
namespace {

constexpr double kHeight = 24, kStep = 9, kBar = 8;

std::string label_of(std::span<const double> probabilities) {
  std::string out = "probability of each tenth of the scale";
  for (std::size_t d = 0; d < probabilities.size(); ++d) {
    if (probabilities[d] < 0.01) continue;
    out += fmt::format("; {} to {}: {:.0f}\u00a0%", 10 * d, 10 * (d + 1), 100 * probabilities[d]);
  }
  return out;
}

}  // namespace

std::string tenths_svg(std::span<const double> probabilities, std::size_t run) {
  const double width = kStep * static_cast<double>(probabilities.size());
  const std::string label = label_of(probabilities);
  std::string out = fmt::format(
      "<svg class=\"tenths run-{}\" viewBox=\"0 0 {:g} {:g}\" role=\"img\" aria-label=\"{}\">"
      "<title>{}</title><path class=\"grid\" d=\"M0 {:g}H{:g}\"/><path d=\"",
      run % 6, width, kHeight + 1, label, label, kHeight + 0.5, width);
  for (std::size_t d = 0; d < probabilities.size(); ++d) {
    const double height = kHeight * probabilities[d];
    if (height < 0.05) continue;
    out += fmt::format("M{:g} {:g}v-{:.1f}h{:g}v{:.1f}z", kStep * static_cast<double>(d) + 0.5,
                       kHeight, height, kBar, height);
  }
  return out + "\"/></svg>";
}

}  // namespace vernier::report

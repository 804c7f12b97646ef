#include "results/report/charts/axis.h"

#include <algorithm>
#include <cmath>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

/// The smallest of 1, 2, 5, 10, 20, 50, ... times a power of ten that is no less.
double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= least * (1 - 1e-9)) return step * power;
  }
  return 10 * power;
}

}  // namespace

Axis axis_for(double low, double high, int most) {
  if (low > 0 && low < 0.5 * high) low = 0;
  if (!(high > low)) {  // one value only
    const double margin = low == 0 ? 1 : std::abs(low) * 0.1;
    high = low + margin;
    low -= low == 0 ? 0 : margin;
  }
  const double least = high / most - low / most;
  if (!std::isnormal(least)) return {low, high, {low, high}};
  const double step = round_step(least);
  const double first = std::floor(low / step + 1e-9), last = std::ceil(high / step - 1e-9);
  Axis axis{first * step, last * step, {}};
  const auto steps = static_cast<std::size_t>(last - first);
  axis.ticks.resize(steps + 1);
  for (std::size_t k = 0; k <= steps; ++k) {
    axis.ticks[k] = (first + static_cast<double>(k)) * step;
  }
  return axis;
}

std::string tick_text(const Axis& axis, double tick) {
  const double step = axis.ticks.size() > 1 ? axis.ticks[1] - axis.ticks[0] : 1;
  const int decimals = static_cast<int>(std::clamp(-std::floor(std::log10(step) + 1e-9), 0.0, 9.0));
  return number_text(tick, decimals);
}

}  // namespace vernier::report

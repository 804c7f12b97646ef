#include "results/statistics/intervals/interval.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "results/statistics/normal.h"

namespace vernier {
namespace {

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Skewness of the influence of clusters, a sixth of it; 0 where nothing has influence.
double acceleration(std::span<const double> leave_one_out) {
  const double centre = mean(leave_one_out);
  double squares = 0, cubes = 0;
  for (const double value : leave_one_out) {
    const double d = centre - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

}  // namespace

std::string_view bootstrap_name(IntervalMethod method) {
  return method == IntervalMethod::kBca ? "bootstrap:bca" : "bootstrap:percentile";
}

double quantile_of_sorted(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(at));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double share = at - static_cast<double>(below);
  return sorted[below] + (sorted[above] - sorted[below]) * share;
}

Interval bootstrap_interval(std::vector<double> replicates, double estimate,
                            std::span<const double> leave_one_out, double alpha,
                            IntervalMethod method) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto undefined = [](double value) { return std::isnan(value); };
  if (replicates.empty() || undefined(estimate) ||
      std::any_of(replicates.begin(), replicates.end(), undefined)) {
    return {nan, nan};
  }
  std::sort(replicates.begin(), replicates.end());
  double low = alpha, high = 1 - alpha;
  if (method == IntervalMethod::kBca && !leave_one_out.empty()) {
    // Half of the replicates equal to the estimate count as below it.
    const auto below = std::lower_bound(replicates.begin(), replicates.end(), estimate);
    const auto above = std::upper_bound(below, replicates.end(), estimate);
    const double share = (static_cast<double>(below - replicates.begin()) +
                          static_cast<double>(above - replicates.begin())) /
                         (2 * static_cast<double>(replicates.size()));
    const double bias = normal_quantile(share), a = acceleration(leave_one_out);
    const auto corrected = [&](double p) {
      const double z = bias + normal_quantile(p);
      return normal_cdf(bias + z / (1 - a * z));
    };
    if (std::isfinite(bias) && a != 0 && std::isfinite(a)) {
      low = corrected(alpha);
      high = corrected(1 - alpha);
    }
  }
  return {quantile_of_sorted(replicates, low), quantile_of_sorted(replicates, high)};
}

double jackknife_error(std::span<const double> leave_one_out) {
  if (leave_one_out.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const double centre = mean(leave_one_out);
  double squares = 0;
  for (const double value : leave_one_out) squares += (value - centre) * (value - centre);
  const auto n = static_cast<double>(leave_one_out.size());
  return std::sqrt((n - 1) / n * squares);
}

}  // namespace vernier

#include "results/statistics/tests.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "results/statistics/normal.h"

namespace vernier {

double mcnemar_p(std::uint64_t b, std::uint64_t c) {
  const std::uint64_t flips = b + c, less = std::min(b, c);
  if (b == c) return 1;
  // Sum of the binomial probabilities of 0..less, from the largest on.
  const auto n = static_cast<double>(flips);
  const auto log_choose = [&](double k) {
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  };
  const double top = log_choose(static_cast<double>(less)) - n * std::log(2.0);
  double sum = 0, term = 1;
  for (std::uint64_t k = less;; --k) {
    sum += term;
    if (k == 0 || term < sum * 1e-18) break;
    term *= static_cast<double>(k) / static_cast<double>(flips - k + 1);
  }
  return std::min(1.0, 2 * std::exp(top) * sum);
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> corrected(p.begin(), p.end());
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    largest = std::max(largest, p[order[rank]] * static_cast<double>(order.size() - rank));
    corrected[order[rank]] = std::min(1.0, largest);
  }
  return corrected;
}

double minimum_detectable(double standard_error, double alpha, double power) {
  return (normal_quantile(1 - alpha / 2) + normal_quantile(power)) * standard_error;
}

double clusters_needed(double standard_error, double distance, double alpha, double clusters) {
  const double ratio = normal_quantile(1 - alpha) * standard_error / std::abs(distance);
  return clusters * ratio * ratio;
}

}  // namespace vernier

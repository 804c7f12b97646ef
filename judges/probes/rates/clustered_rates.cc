#include "judges/probes/rates/clustered_rates.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vernier::probes {

void ClusteredRates::end_cluster() {
  for (std::size_t b = 0; b < points_.size(); ++b) {
    if (cases_[b] == 0) continue;
    const double n = static_cast<double>(cases_[b]), x = static_cast<double>(bad_[b]);
    points_[b].cases += cases_[b];
    points_[b].bad += bad_[b];
    sums_[b].xx += x * x;
    sums_[b].xn += x * n;
    sums_[b].nn += n * n;
    cases_[b] = bad_[b] = 0;
  }
}

std::vector<RatePoint> ClusteredRates::finish() {
  for (std::size_t b = 0; b < points_.size(); ++b) {
    RatePoint& p = points_[b];
    if (p.cases == 0) {
      p.rate = p.low = p.high = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    const double n = static_cast<double>(p.cases);
    p.rate = static_cast<double>(p.bad) / n;
    // sum over clusters of (x - rate n)^2
    const double square = sums_[b].xx - 2 * p.rate * sums_[b].xn + p.rate * p.rate * sums_[b].nn;
    const double margin = 1.959964 * std::sqrt(std::max(0.0, square)) / n;
    p.low = std::max(0.0, p.rate - margin);
    p.high = std::min(1.0, p.rate + margin);
  }
  while (!points_.empty() && points_.back().cases == 0) points_.pop_back();
  return std::move(points_);
}

}  // namespace vernier::probes

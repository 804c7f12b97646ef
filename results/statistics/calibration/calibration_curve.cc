#include "results/statistics/calibration/calibration_curve.h"

#include <algorithm>
#include <numeric>

namespace vernier {

double CalibrationCurve::at(double x) const {
  const auto right = std::ranges::lower_bound(knots, x, {}, &Knot::x);
  if (right == knots.begin()) return right->y;
  if (right == knots.end()) return knots.back().y;
  const auto left = right - 1;
  const double share = (x - left->x) / (right->x - left->x);
  return left->y + share * (right->y - left->y);
}

CalibrationCurve fit_line(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double spread = 0, product = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    spread += (x[i] - mean_x) * (x[i] - mean_x);
    product += (x[i] - mean_x) * (y[i] - mean_y);
  }
  if (spread == 0) return {{{mean_x, mean_y}}};
  const double slope = product / spread;
  const auto [low, high] = std::ranges::minmax(x);
  return {{{low, mean_y + slope * (low - mean_x)}, {high, mean_y + slope * (high - mean_x)}}};
}

CalibrationCurve fit_isotonic(std::span<const double> x, std::span<const double> y) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  struct Pool {
    double sum_x, sum_y, n;
    double y() const { return sum_y / n; }
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < order.size();) {
    Pool pool{0, 0, 0};
    const double value = x[order[i]];
    for (; i < order.size() && x[order[i]] == value; ++i) {  // equal x have one y
      pool.sum_x += value;
      pool.sum_y += y[order[i]];
      ++pool.n;
    }
    while (!pools.empty() && pools.back().y() >= pool.y()) {
      pool.sum_x += pools.back().sum_x;
      pool.sum_y += pools.back().sum_y;
      pool.n += pools.back().n;
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  CalibrationCurve curve;
  for (const Pool& pool : pools) curve.knots.push_back({pool.sum_x / pool.n, pool.y()});
  return curve;
}

}  // namespace vernier

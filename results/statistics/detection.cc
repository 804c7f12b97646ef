#include "results/statistics/detection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vernier {

RankedCases::RankedCases(std::span<const double> scores, const std::vector<bool>& bad,
                         std::span<const std::uint32_t> clusters) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool last = i + 1 == order.size() || scores[order[i + 1]] != scores[order[i]];
    cases_.push_back({clusters[order[i]], bad[order[i]], last});
  }
}

Detection RankedCases::measure(std::span<const std::uint16_t> weights) const {
  double found = 0, alarms = 0;          // bad and good cases so far
  double new_found = 0, new_alarms = 0;  // of this score
  double precision_sum = 0, pairs = 0;
  for (const Case& one : cases_) {
    const double weight = weights.empty() ? 1 : weights[one.cluster];
    (one.bad ? new_found : new_alarms) += weight;
    if (!one.last) continue;
    pairs += new_alarms * (found + new_found / 2);
    found += new_found;
    alarms += new_alarms;
    if (new_found > 0) precision_sum += new_found * found / (found + alarms);
    new_found = new_alarms = 0;
  }
  Detection out;
  out.average_precision = found > 0 ? precision_sum / found : NAN;
  out.area = found > 0 && alarms > 0 ? pairs / (found * alarms) : NAN;
  return out;
}

}  // namespace vernier

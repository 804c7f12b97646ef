#include "results/agreement/differences.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "results/statistics/tests.h"

namespace vernier {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

AgreementDifference::Of difference(const Replicates& a, const Replicates& b, std::size_t s,
                                   double alpha) {
  AgreementDifference::Of out{
      a.estimate[s] - b.estimate[s], kUndefined, kUndefined, {kUndefined, kUndefined}};
  std::vector<double> replicates(a.resampled[s].size());
  std::size_t not_above = 0, not_below = 0;
  for (std::size_t r = 0; r < replicates.size(); ++r) {
    replicates[r] = a.resampled[s][r] - b.resampled[s][r];
    not_above += replicates[r] <= 0;
    not_below += replicates[r] >= 0;
  }
  out.interval =
      bootstrap_interval(replicates, out.difference, {}, alpha / 2, IntervalMethod::kPercentile);
  if (!std::isnan(out.interval.low)) {
    const auto rare = static_cast<double>(std::min(not_above, not_below) + 1);
    out.p = std::min(1.0, 2 * rare / static_cast<double>(replicates.size() + 1));
  }
  return out;
}

}  // namespace

std::vector<AgreementDifference> agreement_differences(std::span<const Replicates> scores,
                                                       double alpha) {
  std::vector<AgreementDifference> out;
  for (std::size_t a = 0; a < scores.size(); ++a) {
    for (std::size_t b = a + 1; b < scores.size(); ++b) {
      AgreementDifference& d = out.emplace_back();
      d.a = a;
      d.b = b;
      d.williams = {kUndefined, kUndefined};
      for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
        d.of[s] = difference(scores[a], scores[b], s, alpha);
      }
    }
  }
  std::vector<double> p(out.size());
  for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
    for (std::size_t i = 0; i < out.size(); ++i) p[i] = out[i].of[s].p;
    const std::vector<double> corrected = holm(p);
    for (std::size_t i = 0; i < out.size(); ++i) out[i].of[s].p_holm = corrected[i];
  }
  return out;
}

}  // namespace vernier

#include "results/statistics/agreement/preferences.h"

#include "results/statistics/rank_correlation.h"

namespace vernier {

double PreferenceCounts::accuracy(TieRule rule) const {
  const std::uint64_t pairs = rule == TieRule::kSkip ? right + wrong : total();
  if (pairs == 0) return std::numeric_limits<double>::quiet_NaN();
  const double halves = rule == TieRule::kHalf ? static_cast<double>(tied) / 2 : 0;
  return (static_cast<double>(right) + halves) / static_cast<double>(pairs);
}

PreferenceCounts rated_preferences(std::span<const double> scores,
                                   std::span<const double> ratings) {
  const KendallCounts counts = kendall(scores, ratings);
  return {counts.concordant, counts.discordant, counts.ties_x - counts.ties_both};
}

}  // namespace vernier

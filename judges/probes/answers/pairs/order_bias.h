// What the order of two answers does to a judge.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/probes/answers/pairs/pair_decisions.h"
#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

/// With decisions d1 and d2, both in terms of the original order (JudgeBench, Tan et al. 2024):
struct OrderBias {
  std::string subset;  ///< "overall" for all
  std::uint64_t pairs = 0;
  /// Pairs where d1 + d2 has the sign of the label; a missing decision adds nothing.
  Share swap_accuracy;
  /// Pairs with d1 != d2, of all. A missing decision differs from nothing; JudgeBench's script
  /// takes it for a decision of its own, which `inconsistent_or_missing` follows.
  Share inconsistency;
  std::uint64_t inconsistent_or_missing = 0;
  std::uint64_t prefers_first = 0;   ///< pairs where the first shown won both times
  std::uint64_t prefers_second = 0;  ///< pairs where the second shown won both times
  std::uint64_t tie_in_one = 0;      ///< inconsistent with a tie on one side
  Share first_position;              ///< strict decisions for the answer shown first, of all strict
  Share accuracy_original, accuracy_swapped;  ///< pairs decided as the label says, by order
  std::uint64_t missing = 0;                  ///< pairs with a decision missing
  std::uint64_t missing_decisions = 0;        ///< of two a pair
  /// Strict decisions for the longer of two texts of different length, of all such.
  Share longer_wins;
  /// The same, of labels: how often the longer answer is the better one.
  Share longer_is_better;
  /// Swap accuracy among pairs whose lengths differ by at most a tenth of the longer.
  Share matched_swap_accuracy;
};

/// "overall" first, then the subsets in the order of their first pair; those without a name only
/// count overall.
std::vector<OrderBias> order_bias(const PairFile& file);

}  // namespace vernier::probes

#include "judges/probes/answers/pairs/order_bias.h"

#include <algorithm>

namespace vernier::probes {
namespace {

int sign(int x) { return (x > 0) - (x < 0); }

void add_lengths(OrderBias& bias, const PairDecision& pair, bool right) {
  if (!pair.length_a || !pair.length_b) return;
  const std::uint64_t a = *pair.length_a, b = *pair.length_b;
  const std::uint64_t longer = std::max(a, b), difference = longer - std::min(a, b);
  if (10 * difference <= longer) bias.matched_swap_accuracy.add(right);
  if (a == b) return;
  const Preference longer_side = a > b ? 1 : -1;
  if (pair.label != 0) bias.longer_is_better.add(pair.label == longer_side);
  if (pair.original.value_or(0) != 0) bias.longer_wins.add(*pair.original == longer_side);
  if (pair.swapped.value_or(0) != 0) bias.longer_wins.add(-*pair.swapped == longer_side);
}

void add_conflict(OrderBias& bias, Preference d1, Preference d2) {
  if (d1 == d2) return;
  if (d1 == 0 || d2 == 0) {
    ++bias.tie_in_one;
  } else {
    ++(d1 > 0 ? bias.prefers_first : bias.prefers_second);
  }
}

void add(OrderBias& bias, const PairDecision& pair) {
  ++bias.pairs;
  const Preference d1 = pair.original.value_or(0), d2 = -pair.swapped.value_or(0);
  const bool right = sign(d1 + d2) == pair.label && (pair.original || pair.swapped);
  bias.swap_accuracy.add(right);
  bias.accuracy_original.add(pair.original && d1 == pair.label);
  bias.accuracy_swapped.add(pair.swapped && d2 == pair.label);
  for (const auto& shown : {pair.original, pair.swapped}) {
    bias.missing_decisions += !shown;
    if (shown.value_or(0) != 0) bias.first_position.add(*shown > 0);
  }
  const bool both = pair.original && pair.swapped;
  bias.missing += !both;
  bias.inconsistency.add(both && d1 != d2);
  bias.inconsistent_or_missing +=
      pair.original.has_value() != pair.swapped.has_value() || (both && d1 != d2);
  if (both) add_conflict(bias, d1, d2);
  add_lengths(bias, pair, right);
}

}  // namespace

std::vector<OrderBias> order_bias(const PairFile& file) {
  std::vector<OrderBias> out(1);
  out[0].subset = "overall";
  for (const PairDecision& pair : file.pairs) {
    add(out[0], pair);
    if (pair.subset.empty()) continue;
    auto found = std::find_if(out.begin() + 1, out.end(),
                              [&](const OrderBias& bias) { return bias.subset == pair.subset; });
    if (found == out.end()) {
      out.emplace_back().subset = pair.subset;
      found = out.end() - 1;
    }
    add(*found, pair);
  }
  return out;
}

}  // namespace vernier::probes

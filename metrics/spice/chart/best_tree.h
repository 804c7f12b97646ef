// The best tree of a filled chart.
#pragma once

#include <cstdint>

#include "metrics/spice/chart/chart.h"
#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

/// Unary rules that follow one another, at most; the grammar of CoreNLP 3.6.0 has chains of 6. One
/// that made a state of itself at no cost would never end.
inline constexpr int kLongestChain = 64;

/// Replaces `tree` by the best tree of the sentence, as it is printed: without synthetic states and
/// annotations. Returns its score, minus infinity where the sentence has no tree.
///
/// As in the original (the first of its k best trees) the tree is found from the top, by sums of
/// doubles over the scores of the chart: over splits from left to right and rules in the order of
/// the file, then unary rules; the first of equal candidates wins.
double read_best_tree(const ChartRules& rules, const Chart& chart, Tree& tree);

}  // namespace vernier::spice

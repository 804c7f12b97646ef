// How long two models say the same, over many answers.
#pragma once

#include <cstddef>
#include <limits>
#include <span>

#include "results/statistics/intervals/clustered_mean.h"

namespace vernier {

/// Greedy answers of models A and B to one question.
struct GreedyCase {
  std::size_t cluster = 0;  ///< number of the picture
  bool equal = false;
  /// Where they differ: tokens that they begin with alike, ...
  std::size_t common = 0;
  /// ... by how much of a logit A's next token was ahead of its second likeliest, ...
  double gap = 0;
  bool second = false;  ///< ... and whether B said that one.
};

/// What is not known is NaN. Means have BCa bootstrap intervals of 95 % over clusters.
struct GreedySummary {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  std::size_t answers = 0, clusters = 0, differ = 0;
  ClusteredMean equal;  ///< share of the answers that are equal, token by token

  /// Of those that differ:
  ClusteredMean common;
  double common_median = kUnknown;
  ClusteredMean gap;
  double gap_median = kUnknown, gap_90 = kUnknown, gap_max = kUnknown;
  ClusteredMean second;  ///< share
};

/// The same bits for any number of threads.
GreedySummary summarise_greedy(std::span<const GreedyCase> cases, const ResamplingOptions& options);

}  // namespace vernier

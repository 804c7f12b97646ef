// Agreement between two lists of numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

/// What Kendall's coefficients are made of: of all n (n - 1) / 2 pairs, those ordered alike and
/// against one another, and those tied in one list or the other. Takes O(n log n) (Knight 1966).
struct KendallCounts {
  std::uint64_t pairs = 0, concordant = 0, discordant = 0;
  std::uint64_t ties_x = 0, ties_y = 0, ties_both = 0;  ///< pairs; ties_both are in both others too
  std::uint64_t distinct_x = 0, distinct_y = 0;         ///< different values

  /// tau-b: (C - D) / sqrt((pairs - ties_x) (pairs - ties_y)); NaN when one list is constant.
  double tau_b() const;
  /// Stuart's tau-c: 2 m (C - D) / (n^2 (m - 1)), m the smaller number of different values; NaN
  /// when one list is constant. `n`: the number of values.
  double tau_c(std::size_t n) const;
};

/// Both lists have the same size and no NaN.
KendallCounts kendall(std::span<const double> x, std::span<const double> y);

/// Ranks from 1 on; equal values share the mean of theirs (mid-ranks). No NaN.
std::vector<double> mid_ranks(std::span<const double> values);

/// Spearman's rho: Pearson's r of the mid-ranks; NaN as there.
double spearman(std::span<const double> x, std::span<const double> y);

/// Pearson's r; NaN when one list is constant or has fewer than two values.
double pearson(std::span<const double> x, std::span<const double> y);

}  // namespace vernier

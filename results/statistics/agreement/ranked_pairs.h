// Correlation of two lists for many weightings of their clusters, as the bootstrap needs it: sorted
// once, each weighting then takes one pass, O(n log m) with m different values of y.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

struct Correlations {
  double tau_b, tau_c, spearman, pearson;
};

/// Pairs (x, y), each in a cluster. With weights w of clusters the lists hold each pair w times:
/// copies are tied with one another in both lists, as they are in any resample.
class RankedPairs {
 public:
  /// Lists of one size without NaN; clusters are 0, 1, ... Below 2^32 pairs.
  RankedPairs(std::span<const double> x, std::span<const double> y,
              std::span<const std::uint32_t> clusters);

  std::size_t clusters() const { return sizes_.size(); }
  std::size_t distinct_x() const { return x_.size(); }
  std::size_t distinct_y() const { return y_.size(); }

  /// What one thread computes in.
  struct Scratch {
    std::vector<std::int64_t> tree, weight_of_y;
    std::vector<double> x_ranks_of_y, x_values_of_y;
  };
  /// As rank_correlation.h has them; NaN where undefined. `weights`: one a cluster.
  Correlations measure(std::span<const std::uint16_t> weights, Scratch& scratch) const;

 private:
  struct Point {  // equal pairs of one cluster
    std::uint32_t y, cluster, count;
  };
  std::vector<Point> points_;           // in the order of x
  std::vector<std::uint32_t> x_begin_;  // x_begin_[g] .. x_begin_[g + 1]: the points of value g
  std::vector<double> x_, y_;           // different values, ascending, rescaled
  std::vector<std::uint32_t> sizes_;    // pairs by cluster
};

}  // namespace vernier

// Sums of rows by cluster: all that resampling needs of a run.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vernier {

/// clusters x width doubles.
class ClusterTable {
 public:
  ClusterTable(std::size_t clusters, std::size_t width)
      : clusters_(clusters), width_(width), sums_(clusters * width) {}

  std::size_t clusters() const { return clusters_; }
  std::size_t width() const { return width_; }
  std::span<double> row(std::size_t cluster) { return {sums_.data() + cluster * width_, width_}; }
  std::span<const double> row(std::size_t cluster) const {
    return {sums_.data() + cluster * width_, width_};
  }
  /// Column sums over all clusters, in the order of clusters.
  std::vector<double> total() const {
    std::vector<double> sums(width_);
    for (std::size_t c = 0; c < clusters_; ++c) {
      for (std::size_t k = 0; k < width_; ++k) sums[k] += row(c)[k];
    }
    return sums;
  }

 private:
  std::size_t clusters_, width_;
  std::vector<double> sums_;
};

}  // namespace vernier

// Sums of rows by cluster: all that resampling needs of a run.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vernier {

/// clusters x width doubles. Rows are padded with zeros to a multiple of kStep, so that loops over
/// a row have no remainder.
class ClusterTable {
 public:
  static constexpr std::size_t kStep = 8;

  ClusterTable(std::size_t clusters, std::size_t width)
      : clusters_(clusters),
        width_(width),
        stride_((width + kStep - 1) / kStep * kStep),
        sums_(clusters * stride_) {}

  std::size_t clusters() const { return clusters_; }
  std::size_t width() const { return width_; }
  std::size_t stride() const { return stride_; }
  std::span<double> row(std::size_t cluster) { return {&sums_[cluster * stride_], width_}; }
  std::span<const double> row(std::size_t cluster) const {
    return {&sums_[cluster * stride_], width_};
  }
  const double* padded_row(std::size_t cluster) const { return &sums_[cluster * stride_]; }
  /// Column sums over all clusters, in the order of clusters.
  std::vector<double> total() const {
    std::vector<double> sums(width_);
    for (std::size_t c = 0; c < clusters_; ++c) {
      for (std::size_t k = 0; k < width_; ++k) sums[k] += row(c)[k];
    }
    return sums;
  }

 private:
  std::size_t clusters_, width_, stride_;
  std::vector<double> sums_;
};

}  // namespace vernier

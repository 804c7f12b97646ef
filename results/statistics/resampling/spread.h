// How far statistics move when other clusters had been drawn.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "results/statistics/resampling/cluster_table.h"
#include "results/statistics/resampling/resampled_sums.h"

namespace vernier {

/// Values of one statistic.
struct Spread {
  std::vector<double> replicates;  ///< bootstrap over clusters
  std::vector<double> left_out;    ///< without one cluster each
};

/// Writes the statistics of column sums; called from any thread.
using Statistics = std::function<void(std::span<const double> sums, std::span<double> values)>;

/// The spreads of `count` statistics of the table's column sums, the same bits for any number of
/// threads. All lists are empty when there are fewer than two clusters.
std::vector<Spread> bootstrap_spreads(const ClusterTable& table, std::size_t count,
                                      const Statistics& statistics,
                                      const ResamplingOptions& options);

}  // namespace vernier

// Means of cases that come in clusters (questions about one picture, say).
#pragma once

#include <limits>

#include "results/statistics/resampling/cluster_table.h"
#include "results/statistics/resampling/resampled_sums.h"

namespace vernier {

struct ClusteredMean {
  double value = std::numeric_limits<double>::quiet_NaN();
  /// NaN with fewer than two clusters.
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

/// The mean over cases and its BCa bootstrap interval over clusters, which leaves out `alpha` in
/// all. A row of `table` is a cluster: the sum of its cases' values and their number. The same bits
/// for any number of threads.
ClusteredMean clustered_mean(const ClusterTable& table, double alpha,
                             const ResamplingOptions& options);

}  // namespace vernier

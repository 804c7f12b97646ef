// Weighted column sums of a cluster table for many random weightings: the work behind the
// bootstrap and behind randomisation tests. One pass over the table serves many resamples, so it
// costs a small matrix product instead of a walk through memory for each.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "results/statistics/resampling/cluster_table.h"
#include "results/statistics/resampling/draw.h"

namespace vernier {

struct ResamplingOptions {
  std::size_t resamples = 1000;
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

/// Calls visit(resample, sums) once for each resample, from any thread, `sums` being
/// table.width() values. Resample r is the same for every number of threads and of resamples, bit
/// for bit. Tables of up to 2^32 - 1 clusters.
void resampled_sums(const ClusterTable& table, Weighting weighting,
                    const ResamplingOptions& options,
                    const std::function<void(std::size_t, std::span<const double>)>& visit);

}  // namespace vernier

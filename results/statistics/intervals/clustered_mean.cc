#include "results/statistics/intervals/clustered_mean.h"

#include <vector>

#include "results/statistics/intervals/interval.h"
#include "results/statistics/resampling/spread.h"

namespace vernier {

ClusteredMean clustered_mean(const ClusterTable& table, double alpha,
                             const ResamplingOptions& options) {
  ClusteredMean out;
  const std::vector<double> total = table.total();
  out.value = total[0] / total[1];
  const std::vector<Spread> spreads = bootstrap_spreads(
      table, 1,
      [](std::span<const double> sums, std::span<double> mean) { mean[0] = sums[0] / sums[1]; },
      options);
  if (spreads[0].replicates.empty()) return out;
  const Interval interval = bootstrap_interval(
      spreads[0].replicates, out.value, spreads[0].left_out, alpha / 2, IntervalMethod::kBca);
  out.low = interval.low;
  out.high = interval.high;
  return out;
}

}  // namespace vernier

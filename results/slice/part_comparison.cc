#include "results/slice/part_comparison.h"

#include "results/compare/difference_spread.h"

namespace vernier {

std::vector<PartDifference> compare_part(const PairedRuns& runs,
                                         std::span<const std::size_t> samples,
                                         const ComparisonOptions& options) {
  const ClusterTable sums = runs.sums_of(samples);
  std::vector<double> a(runs.scores().size()), b(a.size());
  runs.aggregate_both(sums.total(), a, b);
  const std::vector<Spread> spreads =
      difference_spreads(runs, sums, {options.resamples, options.seed, options.threads});
  std::vector<PartDifference> out;
  for (std::size_t s = 0; s < a.size(); ++s) {
    out.push_back({a[s], b[s], b[s] - a[s],
                   bootstrap_interval(spreads[s].replicates, b[s] - a[s], spreads[s].left_out,
                                      options.alpha / 2, options.interval)});
  }
  return out;
}

}  // namespace vernier

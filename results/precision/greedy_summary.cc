#include "results/precision/greedy_summary.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "results/precision/cluster_sums.h"
#include "results/statistics/intervals/interval.h"

namespace vernier {
namespace {

constexpr double kAlpha = 0.05;

using Cases = std::span<const GreedyCase>;
using Value = double (*)(const GreedyCase&);

ClusteredMean mean_of(Cases cases, Value value, const ResamplingOptions& options) {
  const ClusterTable table =
      cluster_sums<1>(cases, [&](const GreedyCase& one) { return std::array{value(one)}; });
  return clustered_mean(table, kAlpha, options);
}

std::vector<double> sorted(Cases cases, Value value) {
  std::vector<double> out;
  out.reserve(cases.size());
  for (const GreedyCase& one : cases) out.push_back(value(one));
  std::ranges::sort(out);
  return out;
}

}  // namespace

GreedySummary summarise_greedy(Cases cases, const ResamplingOptions& options) {
  GreedySummary out;
  if (cases.empty()) return out;
  const Value equal = [](const GreedyCase& one) { return one.equal ? 1.0 : 0.0; };
  const Value common = [](const GreedyCase& one) { return static_cast<double>(one.common); };
  const Value gap = [](const GreedyCase& one) { return one.gap; };
  const Value second = [](const GreedyCase& one) { return one.second ? 1.0 : 0.0; };
  out.answers = cases.size();
  out.clusters =
      cluster_sums<1>(cases, [](const GreedyCase&) { return std::array{1.0}; }).clusters();
  out.equal = mean_of(cases, equal, options);
  std::vector<GreedyCase> differing;
  std::ranges::copy_if(cases, std::back_inserter(differing),
                       [](const GreedyCase& one) { return !one.equal; });
  out.differ = differing.size();
  if (differing.empty()) return out;
  out.common = mean_of(differing, common, options);
  out.common_median = quantile_of_sorted(sorted(differing, common), 0.5);
  out.gap = mean_of(differing, gap, options);
  const std::vector<double> gaps = sorted(differing, gap);
  out.gap_median = quantile_of_sorted(gaps, 0.5);
  out.gap_90 = quantile_of_sorted(gaps, 0.9);
  out.gap_max = gaps.back();
  out.second = mean_of(differing, second, options);
  return out;
}

}  // namespace vernier

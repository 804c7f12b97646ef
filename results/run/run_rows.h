// What is made again from the rows of a run: sums by image, and the scores that the run states.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "metrics/aggregate/aggregator.h"
#include "results/run/run_file.h"
#include "results/statistics/resampling/cluster_table.h"

namespace vernier {

/// All samples of a run: 0, 1, 2, ...
std::vector<std::size_t> all_samples(const Run& run);

/// By sample: the number of its cluster, in order of first appearance. The cluster is the image id,
/// up to the first `separator` unless that is empty.
std::vector<std::size_t> cluster_numbers(const Run& run, std::string_view separator);

/// A table of `width` columns for the clusters that these samples belong to. add(sample, row) adds
/// a sample to the row of its cluster.
template <class Add>
ClusterTable cluster_sums(std::span<const std::size_t> cluster_of,
                          std::span<const std::size_t> samples, std::size_t width, Add add) {
  constexpr auto kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> row_of(cluster_of.size(), kNone);
  std::size_t clusters = 0;
  for (const std::size_t n : samples) {
    std::size_t& row = row_of[cluster_of[n]];
    if (row == kNone) row = clusters++;
  }
  ClusterTable table(clusters, width);
  for (const std::size_t n : samples) add(n, table.row(row_of[cluster_of[n]]));
  return table;
}

/// Samples that a metric gives no score, and why (Aggregator::unscored_reason).
struct Unscored {
  std::string metric;
  std::uint64_t samples = 0;
  std::string reason;
};

/// Makes all scores of a run from the sums of its rows. The header must outlive it.
class RunAggregator {
 public:
  explicit RunAggregator(const RunHeader& header);

  /// Of metric m; null where this version cannot make scores from its rows.
  const Aggregator* of(std::size_t m) const { return aggregators_[m].get(); }
  /// `sums` of the columns and `scores` of all metrics one behind the other; NaN where of() is
  /// null.
  void aggregate(std::span<const double> sums, double samples, std::span<double> scores) const;
  std::vector<Unscored> unscored(std::span<const double> sums, double samples) const;

 private:
  const RunHeader& header_;
  std::vector<std::unique_ptr<Aggregator>> aggregators_;
};

/// Where a metric's columns and scores begin in a run.
struct MetricPlace {
  std::size_t column = 0, score = 0;
};

struct FoundMetric {
  const MetricDescription* description;  ///< null: the run has no such metric
  MetricPlace place;
};
FoundMetric find_metric(const RunHeader& header, std::string_view name);

/// Throws Error(kBadInput) when the scores that a run states are not those that its rows give: rows
/// of another version, or edited ones, must not be resampled. A stated null is a score that is
/// undefined for reasons that rows do not show (CIDEr of one image).
void check_stated_scores(const Run& run, const Aggregator& aggregator, MetricPlace place);

}  // namespace vernier

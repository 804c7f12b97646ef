// Where a judge and the metrics of references order captions differently.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/agreement/agreement.h"
#include "results/compare/comparison.h"
#include "results/run/run_file.h"

namespace vernier::report {

struct MetricAgreement {
  std::string name;
  bool less_is_better = false;
  std::size_t captions = 0, images = 0;  ///< that have both scores
  Estimate tau_b;                        ///< Kendall's, with the judge
};

struct Disagreement {
  std::string judge;                     ///< its score
  std::vector<MetricAgreement> metrics;  ///< one a metric, in the order of the run
  std::size_t main = 0;                  ///< which of them the rest is about

  /// By sample of the run: the share of captions that are worse, and half of those equal, in %; NaN
  /// where one of the two scores is undefined.
  std::vector<double> judge_rank, metric_rank;
  std::vector<double> judge_score, metric_score;
  /// Samples that the judge ranks higher than the metric, and the others, the largest gap first.
  std::vector<std::size_t> judge_likes, metric_likes;

  std::string signature;  ///< of the intervals
};

/// Nothing unless the run has a judge's score, not of comparisons with other captions, and a metric
/// of something else, each with two different values at least.
std::optional<Disagreement> find_disagreement(const Run& run, const ComparisonOptions& options,
                                              std::string_view cluster_separator);

}  // namespace vernier::report

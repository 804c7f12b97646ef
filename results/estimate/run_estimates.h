// The scores of one run, or of a part of it, with confidence intervals.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/run/run_file.h"
#include "results/run/run_rows.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/resampling/spread.h"

namespace vernier {

struct EstimateOptions {
  double alpha = 0.05;  ///< the interval leaves out half of it on each side
  IntervalMethod interval = IntervalMethod::kBca;
  ResamplingOptions resampling{.resamples = 10000};
};

struct ScoreEstimate {
  double value;       ///< NaN where undefined
  Interval interval;  ///< bootstrap over clusters; NaN where there is none
};

struct RunEstimates {
  std::size_t samples, clusters;
  std::vector<ScoreEstimate> scores;  ///< in the order of header().score_names()
};

/// Scores any samples of a run from their rows. The run must outlive it.
class RunEstimator {
 public:
  /// `cluster_separator` as in PairingOptions. Throws Error(kBadInput) when the scores that the run
  /// states are not those that its rows give.
  RunEstimator(const Run& run, std::string_view cluster_separator);

  /// Scores of these samples, in the order of header().score_names(). A metric whose rows this
  /// version cannot score is NaN.
  std::vector<double> scores_of(std::span<const std::size_t> samples) const;
  /// The whole run, with the scores it states.
  RunEstimates whole(const EstimateOptions& options) const;
  /// These samples, likewise with intervals. The same bits for any number of threads.
  RunEstimates part(std::span<const std::size_t> samples, const EstimateOptions& options) const;

 private:
  /// By cluster: the columns of all metrics, then the number of samples.
  ClusterTable sums_of(std::span<const std::size_t> samples) const;
  void aggregate(std::span<const double> sums, std::span<double> scores) const;

  const Run& run_;
  std::vector<std::size_t> cluster_of_;
  RunAggregator aggregator_;
};

/// How the intervals were made, e.g. "bootstrap:bca|resamples:10000|seed:1|alpha:0.05|v:1.0.0".
std::string estimates_signature(const EstimateOptions& options);

}  // namespace vernier

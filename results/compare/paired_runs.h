// Two runs over the same samples, joined by id and grouped by image.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/aggregate/aggregator.h"
#include "results/run/run_file.h"
#include "results/run/run_rows.h"
#include "results/seeds/seed_error.h"
#include "results/statistics/resampling/cluster_table.h"

namespace vernier {

struct PairingOptions {
  /// The cluster of a sample is its image id up to the first of these; empty: all of it.
  std::string cluster_separator;
  /// Metrics or scores to compare; empty: every metric that both runs have.
  std::vector<std::string> scores;
  /// Metrics that are compared whatever their signatures: those of two judges of the same captions.
  std::vector<std::string> of_two_judges = {};
};

/// Throws Error(kIncomplete) when the runs cannot be compared (other data, other signatures),
/// saying what differs, Error(kUsage) for a score that no run has, and Error(kBadInput) when the
/// scores that a run states are not those that its rows give.
class PairedRuns {
 public:
  PairedRuns(const Run& a, const Run& b, const PairingOptions& options);

  /// One score and where it comes from.
  struct Score {
    std::string name;
    std::string signature;
    bool less_is_better;
    std::size_t metric;      ///< number among the compared metrics
    std::size_t of_metric;   ///< which of the metric's scores
    double a, b;             ///< of the whole runs; NaN where undefined
    std::size_t in_a, in_b;  ///< position among the scores of each run
  };
  const std::vector<Score>& scores() const { return scores_; }
  const Run& a() const { return a_; }
  const Run& b() const { return b_; }
  std::size_t samples() const { return partner_.size(); }
  std::size_t clusters() const { return sums_.clusters(); }
  /// The number in b of sample n of a.
  std::size_t partner(std::size_t n) const { return partner_[n]; }
  /// True when every row of the score's metric is the same in both runs, over all samples or
  /// some (their numbers in a).
  bool identical(const Score& score) const { return metrics_[score.metric].identical; }
  bool identical(const Score& score, std::span<const std::size_t> samples) const {
    return identical(metrics_[score.metric], samples);
  }
  /// The sentence scores of sample n of a and its partner.
  std::pair<double, double> sentence_scores(std::size_t n, const Score& score) const {
    return {a_.scores(n)[score.in_a], b_.scores(partner_[n])[score.in_b]};
  }

  /// By cluster: the columns of a, those of b, the number of samples.
  const ClusterTable& sums() const { return sums_; }
  /// The same of some samples (their numbers in a) and the clusters they belong to.
  ClusterTable sums_of(std::span<const std::size_t> samples) const;
  /// Adds one sample (its number in a) to a row of sums().
  void add_sample(std::size_t n, std::span<double> sums) const;
  /// By score: what the luck of seeds adds to the difference.
  const std::vector<SeedError>& seed_errors() const { return seed_errors_; }
  /// Values in a row of one run, of the compared metrics.
  std::size_t row_width() const { return row_width_; }
  /// All scores() of one run from its column sums (row_width() values).
  void aggregate(std::span<const double> sums, double samples, std::span<double> scores) const;
  /// All scores() of both runs from a row of sums(), or from sums of such rows.
  void aggregate_both(std::span<const double> sums, std::span<double> a, std::span<double> b) const;
  /// Metrics and scores that only one run has, for the record.
  const std::vector<std::string>& only_in_one() const { return only_in_one_; }

 private:
  struct Metric {
    std::unique_ptr<Aggregator> aggregator;
    MetricPlace in_a, in_b;
    std::size_t begin, width;  // of its columns here
    bool identical = true;
  };
  bool identical(const Metric& metric, std::span<const std::size_t> samples) const;
  void check_comparable() const;
  void join();
  void choose(const PairingOptions& options);
  void sum_up(const PairingOptions& options);

  const Run &a_, &b_;
  std::vector<std::size_t> partner_, cluster_of_;
  std::vector<Metric> metrics_;
  std::vector<Score> scores_;
  std::vector<std::string> only_in_one_;
  std::vector<SeedError> seed_errors_;
  std::size_t row_width_ = 0;
  ClusterTable sums_{0, 0};
};

}  // namespace vernier

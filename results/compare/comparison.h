// What the difference between two runs is worth: intervals and p-values of every score.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "results/compare/paired_runs.h"
#include "results/statistics/intervals/interval.h"

namespace vernier {

struct ComparisonOptions {
  std::size_t resamples = 10000;
  std::uint64_t seed = 1;
  double alpha = 0.05;  ///< the interval leaves out half of it on each side
  double power = 0.8;   ///< of the minimum detectable effect
  IntervalMethod interval = IntervalMethod::kBca;
  unsigned threads = 1;
};

/// One score of both runs. `difference` is b - a.
struct ScoreDifference {
  PairedRuns::Score score;
  double difference;
  Interval interval;      ///< paired bootstrap over clusters
  double standard_error;  ///< of the difference, clustered (jackknife)
  double p;               ///< two-sided, approximate randomisation over clusters
  double p_holm;          ///< corrected for the number of scores
  double detectable;      ///< minimum detectable effect
  double seed_error;      ///< the part of it that comes from seeds; 0 of one seed a side
  bool identical;         ///< every sample has the same row in both runs
};

struct Comparison {
  std::size_t samples, clusters;
  double alpha, power;
  std::vector<ScoreDifference> scores;
  /// Says how the statistics were made, e.g.
  /// "bootstrap:bca|ar|resamples:10000|seed:1|alpha:0.05|power:0.8|v:1.0.0".
  std::string signature;
};

/// "better" or "worse" where interval and test both say so (of a handful of images the interval
/// alone may be a single point), "identical", "undefined", or nothing.
std::string_view direction(const ScoreDifference& d, double alpha);

/// What signatures say of several seeds: "|seeds:3", or nothing.
std::string seeds_field(const PairedRuns& runs);

/// The same bits for any number of threads.
Comparison compare(const PairedRuns& runs, const ComparisonOptions& options);

}  // namespace vernier

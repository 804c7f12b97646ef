// Does the gate announce regressions where there are none? Asked of the runs at hand.
#pragma once

#include <string>
#include <vector>

#include "results/gate/policy.h"
#include "results/run/run_file.h"

namespace vernier {

struct AaRule {
  std::string metric;
  double alpha = 0;
  std::size_t alarms = 0;           ///< trials in which a regression was found
  std::size_t least = 0, most = 0;  ///< as many as chance gives in 95 of 100 checks
};

struct AaCheck {
  std::size_t trials = 0, samples = 0, clusters = 0, resamples = 0;
  std::vector<AaRule> rules;

  /// No rule announces more regressions than its alpha explains.
  bool passed() const;
};

/// In each trial both runs swap sides in each image or not, by a fair coin: two systems of the same
/// quality, as unlike each other as these two. Every rule with a drop is judged as if none were
/// allowed, over all samples. At most 1,000 resamples a trial. Throws as PairedRuns does, and
/// Error(kUsage) when no rule compares.
AaCheck aa_check(const Run& baseline, const Run& candidate, const GatePolicy& policy,
                 std::size_t trials, unsigned threads);

}  // namespace vernier

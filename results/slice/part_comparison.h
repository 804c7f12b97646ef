// What the difference between two runs is in a part of their samples.
#pragma once

#include <span>
#include <vector>

#include "results/compare/comparison.h"
#include "results/compare/paired_runs.h"

namespace vernier {

struct PartDifference {
  double a, b;        ///< scores of the part
  double difference;  ///< b - a
  Interval interval;  ///< paired bootstrap over the part's clusters; NaN where there is none
};

/// By score of runs.scores(); `samples` are numbers in a.
std::vector<PartDifference> compare_part(const PairedRuns& runs,
                                         std::span<const std::size_t> samples,
                                         const ComparisonOptions& options);

}  // namespace vernier

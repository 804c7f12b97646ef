// What rules are judged by: scores of both runs, over all samples or those of a slice, and how far
// the difference moves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/compare/paired_runs.h"
#include "results/statistics/resampling/spread.h"

namespace vernier {

struct Evidence {
  std::string slice;  ///< "meta.source = coco"; empty: all samples
  std::size_t samples = 0, clusters = 0;
  /// By score of PairedRuns::scores().
  std::vector<double> a, b;
  std::vector<Spread> spreads;  ///< of b - a
  std::vector<bool> identical;  ///< every row is the same in both runs
};

Evidence evidence_of_all(const PairedRuns& runs, const ResamplingOptions& options);

/// By the values of "meta.KEY" in the baseline's samples. Throws Error(kUsage) as slices_by() does,
/// and for more values than anybody means to judge one by one.
std::vector<Evidence> evidence_by(const PairedRuns& runs, std::string_view key,
                                  const ResamplingOptions& options);

}  // namespace vernier

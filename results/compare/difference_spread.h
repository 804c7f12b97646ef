// How far the difference between two runs moves when other images had been drawn.
#pragma once

#include <vector>

#include "results/compare/paired_runs.h"
#include "results/statistics/resampling/spread.h"

namespace vernier {

/// All of this is widened where several seeds show more luck than images do (runs.seed_errors()).
///
/// Spreads of b - a by score of runs.scores(), over the whole runs or, with sums of
/// runs.sums_of(), over a part of them.
std::vector<Spread> difference_spreads(const PairedRuns& runs, const ResamplingOptions& options);
std::vector<Spread> difference_spreads(const PairedRuns& runs, const ClusterTable& sums,
                                       const ResamplingOptions& options);

/// By score: values of b - a where the runs swap sides in each cluster or not, by chance.
std::vector<std::vector<double>> randomised_differences(const PairedRuns& runs,
                                                        const ResamplingOptions& options);

}  // namespace vernier

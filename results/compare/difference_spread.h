// How far the difference between two runs moves when other images had been drawn.
#pragma once

#include <vector>

#include "results/compare/paired_runs.h"
#include "results/statistics/resampling/interval.h"
#include "results/statistics/resampling/resampled_sums.h"

namespace vernier {

/// Values of b - a for one score.
struct DifferenceSpread {
  std::vector<double> replicates;  ///< paired bootstrap over clusters
  std::vector<double> left_out;    ///< without one cluster each
};

/// By score of runs.scores(). Both lists are empty when all samples are one cluster.
std::vector<DifferenceSpread> difference_spreads(const PairedRuns& runs,
                                                 const ResamplingOptions& options);

/// By score: values of b - a where the runs swap sides in each cluster or not, by chance.
std::vector<std::vector<double>> randomised_differences(const PairedRuns& runs,
                                                        const ResamplingOptions& options);

}  // namespace vernier

#include "results/slice/score_slices.h"

#include "results/estimate/run_estimates.h"

namespace vernier {

std::vector<ScoreSlices> score_slices(const Run& run, std::span<const std::string> keys) {
  std::vector<ScoreSlices> out;
  const RunEstimator estimator(run, "");
  for (const std::string& key : keys) {
    ScoreSlices& by = out.emplace_back(ScoreSlices{slices_by(run, key), {}});
    for (const Slice& slice : by.slices.groups) {
      by.scores.push_back(estimator.scores_of(slice.samples));
    }
  }
  return out;
}

}  // namespace vernier

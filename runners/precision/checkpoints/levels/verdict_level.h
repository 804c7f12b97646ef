// Captions rated by both models as judges.
#pragma once

#include <cstdint>
#include <vector>

#include "results/agreement/agreement.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/precision/checkpoints/input/checkpoints_data.h"
#include "runners/precision/checkpoints/side.h"

namespace vernier {

/// Rates `data.candidates` (mode visce). What was rated stays in FOLDER/verdicts. Throws
/// Error(kIncomplete) where a caption gets no answer.
RatingStudy rate_side(Side& side, const CheckpointsData& data, const CheckpointsOptions& options,
                      const GlobalOptions& global);

struct VerdictLevel {
  std::uint64_t captions = 0;  ///< with a rating by both
  std::uint64_t unparsed_a = 0, unparsed_b = 0;
  double tau = 0, pearson = 0;  ///< between a's ratings and b's; NaN where undefined

  /// What people, or the truth, gave these captions; empty where they did not.
  HumanJudgements people;
  std::vector<double> a, b;  ///< the models' ratings

  bool has_people() const { return !people.ratings.empty(); }
  /// Of a (score 0) and of b (1), and of their difference, with intervals of 1 - alpha.
  Agreement agreement_with_people(double alpha, const CompareSettings& settings) const;
};

/// Writes the runs: visce, and verdicts-moved (points between a's rating and this one), of the
/// captions that both rated.
VerdictLevel compare_verdicts(const SidePair& pair, const CheckpointsData& data,
                              const RatingStudy& a, const RatingStudy& b);

}  // namespace vernier

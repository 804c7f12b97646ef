// The samples whose score changed most between two runs.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "results/compare/paired_runs.h"

namespace vernier {

struct MovedSample {
  std::size_t in_a, in_b;  ///< its number in each run
  double a, b;             ///< its sentence score
};

struct MovedSamples {
  std::vector<MovedSample> worse, better;  ///< the largest change first, ties by order in a
  std::size_t worse_count = 0, better_count = 0, same_count = 0;
  std::size_t undefined_count = 0;  ///< without the score in one of the runs
};

/// Up to `most` samples a direction. "Worse" follows the score's own sense.
MovedSamples moved_samples(const PairedRuns& runs, const PairedRuns::Score& score,
                           std::size_t most);

/// The score by which samples are ranked when nobody names one: cider, that of caption papers; of
/// probes chair-i, chair or accuracy; of the judge visce; or the last that is no part of another
/// (spice/object). There is at least one name.
std::size_t usual_score(std::span<const std::string_view> names);

}  // namespace vernier

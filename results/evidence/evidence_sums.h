// The evidence of a whole run: what is invented, where in captions, how often.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/statistics/rate_curve.h"
#include "results/run/run_file.h"

namespace vernier {

/// One probe over all samples of a run. Mentions whose verdict is neither good nor bad are not
/// counted.
struct EvidenceSums {
  struct Object {
    std::string name;
    std::uint64_t mentions = 0, invented = 0;
  };
  std::string probe;
  std::uint64_t captions = 0, with_invented = 0;  ///< captions that have evidence
  std::uint64_t mentions = 0, invented = 0;
  std::uint64_t objects = 0, left_out = 0;  ///< of the images, as captions are judged
  std::uint64_t unplaced = 0;               ///< mentions whose place is not in the caption
  std::uint64_t unreadable = 0;             ///< records of mentions that are none
  /// Invented mentions of all, by the number of the sentence and by the place of the word; empty
  /// where mentions do not say them. Captions are the clusters of intervals.
  std::vector<RatePoint> sentences, tokens;
  std::vector<Object> most_invented;  ///< all that were invented, most often first
};

/// By probe, in the order of appearance; nothing for a run without evidence. Of a run without texts
/// no mention has a place, which `unplaced` leaves out.
std::vector<EvidenceSums> sum_evidence(const Run& run);

}  // namespace vernier

// Which objects and phrases rose or fell between two rounds.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/probes/drift/round.h"

namespace vernier::probes::drift {

struct ObjectChange {
  std::uint32_t object = 0;
  std::uint64_t before = 0, after = 0;  ///< captions that have it
  /// Of log(after / before), images being the clusters (linearised); NaN where either is 0.
  double error = 0;

  /// |after - before| / sqrt(after + before).
  double shift() const;
};

/// Objects of either round, the largest shift first.
std::vector<ObjectChange> object_changes(const Round& first, const Round& second,
                                         const Numbering& numbering);

struct PhraseRise {
  std::string text;
  std::uint64_t before = 0, after = 0;  ///< captions that have it
};

/// The `most` phrases that rose most, of those that `captions` captions of the second round have:
/// five words, made longer as long as four in five of these captions go on alike.
std::vector<PhraseRise> phrase_rises(const Round& first, const Round& second,
                                     const Numbering& numbering, std::uint32_t captions,
                                     std::size_t most);

/// The most frequent caption of a round and how many captions it is; the first of several.
PhraseRise commonest_caption(const Round& first, const Round& round, const Numbering& numbering);

}  // namespace vernier::probes::drift

// METEOR's alignment search: a beam search over the reference words (Denkowski and Lavie 2014,
// section 2, with the habits of Meteor 1.5 that its scores depend on).
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "metrics/meteor/alignment/matcher.h"

namespace vernier::meteor {

struct AlignedMatch {
  std::uint32_t ref;  ///< first reference word
  Match match;
};

/// One thread at a time.
class Aligner {
 public:
  Aligner();
  ~Aligner();

  /// The best alignment of a candidate of `hyp_size` words with the reference words that `table`
  /// has lists for, by reference position. Valid until the next call.
  std::span<const AlignedMatch> align(std::uint32_t hyp_size, const MatchTable& table);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vernier::meteor

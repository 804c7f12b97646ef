// What a reference can score at most, from its matches alone.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "metrics/meteor/alignment/matcher.h"
#include "metrics/meteor/words/line.h"

namespace vernier::meteor {

/// No alignment of the candidate with the reference by some of these matches scores more. Looking
/// for the best alignment takes far longer, and of five references of a caption most are ruled out
/// so. One thread at a time.
class ScoreBound {
 public:
  ScoreBound();
  double operator()(const Line& candidate, const Line& reference, const MatchTable& table);

 private:
  void read(const Line& candidate, const Line& reference, const MatchTable& table);
  void find_lonely(std::size_t ref_size, const MatchTable& table);
  double unbroken(std::size_t chunks, std::size_t words) const;

  // By word: the largest weight of a match that covers it, times the word's own weight.
  std::vector<double> hyp_, ref_;
  std::vector<double> lonely_;  // of ref_: words whose match must begin a chunk; ascending
  std::vector<std::uint64_t> begins_, ends_;
  std::vector<bool> inside_;
  bool single_ = false;            // no match is longer than a word
  std::array<double, 129> power_;  // n to the power of kBeta
};

}  // namespace vernier::meteor

// What changed between two runs of one model in different precisions (fp16, int4), or of any two
// systems: answers that flipped, scores that moved, texts that differ.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/compare/paired_runs.h"

namespace vernier {

/// A score whose every value in both runs is 0 or 1: right or wrong.
struct Flips {
  std::string score;
  bool less_is_better = false;  ///< 1 is the wrong answer (an invented object, say)
  std::uint64_t right_in_both = 0, wrong_in_both = 0;
  std::vector<std::size_t> broken;    ///< samples of a that were right there and are wrong in b
  std::vector<std::size_t> repaired;  ///< the reverse
  double p = 1;                       ///< exact McNemar test of broken against repaired
};

/// How far the values of single samples lie apart.
struct Shift {
  std::string score;
  double mean = 0;  ///< mean absolute error: of |b - a| over the samples
  double largest = 0;
  std::uint64_t equal = 0;    ///< samples with exactly the same value
  std::uint64_t samples = 0;  ///< those with a value in both
};

/// How alike the texts are. Words are what white space separates.
struct TextChanges {
  std::uint64_t samples = 0, equal = 0;
  double words_a = 0, words_b = 0;  ///< mean length
  /// Words that both texts begin with alike, median over the samples that differ.
  double common_words = 0;
};

struct Changes {
  std::vector<Flips> flips;   ///< of binary scores
  std::vector<Shift> shifts;  ///< of all others
  TextChanges texts;          ///< samples 0 where a run holds no texts
};

Changes changes(const PairedRuns& runs);

}  // namespace vernier

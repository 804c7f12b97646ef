// What the order of options does to the answers of a model.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "judges/probes/answers/choice/rotations.h"
#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

struct LetterShare {
  std::uint64_t chosen = 0, gold = 0;  ///< rows
};

struct CircularScores {
  Share circular;                  ///< questions right in every rotation (MMBench's CircularEval)
  Share vanilla;                   ///< questions right in rotation 0
  Share per_rotation;              ///< rows that are right
  std::vector<Share> by_rotation;  ///< rows of rotation 0, 1, ...
  /// Questions with the same option chosen, by its text, in all rotations. An answer that names no
  /// option is not the same as anything.
  Share same_content;
  /// Rows that are right, by the letter that is gold and the number of options, of questions whose
  /// options went all the way round: there each option was gold under each letter equally often.
  std::map<std::pair<std::size_t, char>, Share> by_gold;
  /// Questions that have fewer rotations than options ("None of the above" stays where it is).
  std::uint64_t partly_rotated = 0;
  std::map<char, LetterShare> letters;  ///< of all rows
  /// Half the sum of |share chosen - share gold| over letters; rows that name no option count as a
  /// letter of their own that is never gold.
  double total_variation = 0;
  /// Pearson's chi-square of chosen letters against gold shares, over rows that name an option.
  /// NaN where there is no row or only one letter. Rows of one question are not independent: take
  /// p as an order of magnitude.
  double chi_square = 0, p = 0;
  std::size_t degrees = 0;
};

CircularScores circular_scores(const RotationFile& file);

}  // namespace vernier::probes

#include "judges/probes/answers/choice/circular.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "judges/probes/answers/score/chi_square.h"

namespace vernier::probes {
namespace {

/// The text of the chosen option; null where none was chosen.
const std::string* content(const Rotation& rotation) {
  for (const ChoiceOption& option : rotation.options) {
    if (rotation.chosen == option.letter) return &option.text;
  }
  return nullptr;
}

bool is_same_content(const RotatedQuestion& question) {
  const std::string* first = content(question.rotations.front());
  return first != nullptr && std::ranges::all_of(question.rotations, [&](const Rotation& rotation) {
           const std::string* text = content(rotation);
           return text != nullptr && *text == *first;
         });
}

void compare_letters(CircularScores& scores) {
  const auto rows = static_cast<double>(scores.per_rotation.whole);
  double named = 0, distance = 0;
  for (const auto& [letter, share] : scores.letters) {
    const auto chosen = static_cast<double>(share.chosen), gold = static_cast<double>(share.gold);
    named += chosen;
    distance += std::abs(chosen - gold) / rows;
  }
  scores.total_variation = (distance + (rows - named) / rows) / 2;
  std::size_t expected_letters = 0;
  for (const auto& [letter, share] : scores.letters) {
    const double expected = named * static_cast<double>(share.gold) / rows;
    if (share.gold == 0) {
      // A letter that is never right: any row there is infinitely far off.
      if (share.chosen > 0) scores.chi_square = std::numeric_limits<double>::infinity();
      continue;
    }
    ++expected_letters;
    const double off = static_cast<double>(share.chosen) - expected;
    if (expected > 0) scores.chi_square += off * off / expected;
  }
  scores.degrees = expected_letters > 0 ? expected_letters - 1 : 0;
  if (named == 0 || scores.degrees == 0) scores.chi_square = std::nan("");
  scores.p = std::isinf(scores.chi_square) ? 0 : chi_square_tail(scores.chi_square, scores.degrees);
}

}  // namespace

CircularScores circular_scores(const RotationFile& file) {
  CircularScores scores;
  for (const RotatedQuestion& question : file.questions) {
    const auto& rotations = question.rotations;
    bool all = true;
    const std::size_t options = rotations.front().options.size();
    const bool whole_circle = rotations.size() == options;
    scores.partly_rotated += !whole_circle;
    for (const Rotation& rotation : rotations) {
      const bool right = rotation.chosen == rotation.gold;
      all &= right;
      scores.per_rotation.add(right);
      if (scores.by_rotation.size() <= rotation.number) {
        scores.by_rotation.resize(rotation.number + 1);
      }
      scores.by_rotation[rotation.number].add(right);
      for (const ChoiceOption& option : rotation.options) scores.letters[option.letter];
      ++scores.letters[rotation.gold].gold;
      if (rotation.chosen) ++scores.letters[*rotation.chosen].chosen;
      if (whole_circle) scores.by_gold[{options, rotation.gold}].add(right);
    }
    scores.vanilla.add(rotations.front().chosen == rotations.front().gold);
    scores.circular.add(all);
    scores.same_content.add(is_same_content(question));
  }
  compare_letters(scores);
  return scores;
}

}  // namespace vernier::probes

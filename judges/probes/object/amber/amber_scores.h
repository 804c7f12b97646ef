// AMBER's scores from its counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "judges/probes/answers/yes_no/parsers.h"
#include "judges/probes/object/amber/amber_generative.h"

namespace vernier::probes {

/// Yes-or-no questions: the answer "No" is the positive one.
struct AmberAnswers {
  std::uint64_t n = 0, correct = 0;
  std::uint64_t truth_no = 0, answered_no = 0, true_no = 0;
  std::uint64_t neither = 0;  ///< answers that are neither yes nor no: wrong

  AmberAnswers& operator+=(const AmberAnswers& other);
};

/// Adds one answer.
void count_answer(Verdict answer, bool truth_is_yes, AmberAnswers& counts);
/// As the official script takes it: "Yes" and "No" word for word, all else neither.
Verdict amber_official_verdict(std::string_view answer);

/// The groups of the official printout.
struct AmberQuestions {
  AmberAnswers existence, state, number, action, relation;

  AmberAnswers& of(AmberTask task);
  AmberAnswers attribute() const;
  AmberAnswers all() const;
  /// all, existence, attribute, state, number, action, relation.
  std::vector<std::pair<const char*, AmberAnswers>> groups() const;
};

/// In percent, rounded to one decimal as the official script does: denominators begin at 0.001
/// (three of them in the sum of attributes), precision and recall are rounded before F1 is made of
/// them, with 0.0001 (existence: 0.001) added to their sum as ratios.
struct AmberAnswerScores {
  double accuracy = 0, precision = 0, recall = 0, f1 = 0;
};
AmberAnswerScores amber_answer_scores(std::string_view group, const AmberAnswers& counts);

struct AmberTextScores {
  double chair = 0, cover = 0, hal = 0, cog = 0;
};
AmberTextScores amber_text_scores(const AmberGenerative& counts);

/// ((100 - CHAIR) + F1) / 2.
double amber_score(double chair, double f1);

}  // namespace vernier::probes

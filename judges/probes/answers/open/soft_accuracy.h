// The VQA challenge's accuracy: how far people agree with an answer.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/answers/open/normaliser.h"

namespace vernier::probes {

/// When texts are normalised before they are compared.
enum class Normalise {
  kUnlessUnanimous,  ///< as vqaEval.py: not where all people gave the same answer
  kAlways,           ///< as the TextVQA evaluator
};

/// What people answered to one question.
class PeopleAnswers {
 public:
  PeopleAnswers(std::span<const std::string> people, AnswerNormaliser normaliser);

  /// Leave-one-out agreement (Antol et al. 2015): for each person min(1, m / 3), with m of the
  /// other people's answers equal to this one, averaged over the people. 0 to 1; below four people
  /// 1 is out of reach. People are told apart by their place; vqaEval.py tells them by the whole of
  /// their record, which is the same where each has an `answer_id`. NaN without people.
  double soft_accuracy(std::string_view answer, Normalise when) const;

  /// Whether a normalised answer is one of theirs, normalised.
  bool holds_normalised(std::string_view normalised) const;

 private:
  struct Answer {
    std::string stripped, normalised;
    std::size_t people;
  };
  std::vector<Answer> answers_;  // that differ before they are normalised
  std::size_t people_;
  AnswerNormaliser normaliser_;
};

}  // namespace vernier::probes

// The VQA challenge's accuracy: how far people agree with an answer.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "judges/probes/answers/open/normaliser.h"

namespace vernier::probes {

/// When texts are normalised before they are compared.
enum class Normalise {
  kUnlessUnanimous,  ///< as vqaEval.py: not where all people gave the same answer
  kAlways,           ///< as the TextVQA evaluator
};

/// Leave-one-out agreement (Antol et al. 2015): for each person min(1, m / 3), with m of the other
/// people's answers equal to this one, averaged over the people. 0 to 1; below four people 1 is out
/// of reach. People are told apart by their place; vqaEval.py tells them by the whole of their
/// record, which is the same where each has an `answer_id`. NaN without people.
double soft_accuracy(std::string_view answer, std::span<const std::string> people,
                     AnswerNormaliser normaliser, Normalise when);

}  // namespace vernier::probes

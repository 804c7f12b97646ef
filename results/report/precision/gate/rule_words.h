// What a rule of the gate asks, for people who have not read its policy.
#pragma once

#include <string>

#include "results/report/precision/reading/precision_result.h"

namespace vernier::report {

struct RuleWords {
  std::string question;  ///< plain text
  std::string unit;      ///< of the loss, plain text; may be empty
  std::string level;     ///< the part of the page that it is about
  double scale;          ///< of the numbers, 100 for shares
};

RuleWords rule_words(const PrecisionRule& rule);

/// "pass", "fails", "cannot be told", "not judged".
std::string rule_state(Verdict verdict);
/// The class of its colour: "fine", "flagged", "undecided", "plain".
std::string rule_tone(Verdict verdict);

}  // namespace vernier::report

// What a model's answers to one kind of question are worth.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "judges/probes/answers/score/share.h"
#include "judges/probes/live/outcome.h"
#include "runners/probe/live/scores/paired_shares.h"

namespace vernier {

/// Why there is no number where a model is right no more often than the commonest answer.
inline constexpr const char* kAtChance = "at chance: not measured";

struct KindScores {
  std::string kind;
  std::uint64_t asked = 0, unanswered = 0;
  std::uint64_t unparsed = 0;  ///< of those answered; wrong in all scores
  std::string undefined;       ///< why nothing below is to be shown; empty: it is
  RightShare right;
  std::string commonest;         ///< the commonest answer, in the form that is compared
  double commonest_share = 0;    ///< of the questions
  double p_above_commonest = 1;  ///< one-sided
  /// Share of answers that are yes, where the kind is answered yes or no; NaN else.
  double yes_ratio = std::numeric_limits<double>::quiet_NaN();
  double yes_labels = std::numeric_limits<double>::quiet_NaN();  ///< and of the labels
  probes::Share exact;  ///< of questions with other answers: those answered to the letter
  probes::Share wrong_hard, wrong_easy;  ///< of questions with that "no"
  /// First: with the picture. Second: with a grey one, with another scene's. The change is what
  /// the picture is good for; near 0 the answers come from elsewhere.
  PairedChange grey, other;
};

KindScores kind_scores(const std::string& kind, std::span<const probes::LiveOutcome> outcomes,
                       const LiveStatistics& options);

/// Why right answers of these questions are no measurement: none was answered, all are about one
/// image, or p (paired_shares.h) is not below alpha. Empty: they are one.
std::string not_measured(std::span<const RightTerm> terms, double p_above_commonest, double alpha);

/// The terms of those that were answered with their picture.
std::vector<RightTerm> right_terms(std::span<const probes::LiveOutcome> outcomes);

}  // namespace vernier

// What answers to questions about images are worth, by every measure that applies.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/answers/open/soft_accuracy.h"
#include "judges/probes/answers/score/clustered_ratio.h"
#include "judges/probes/answers/score/share.h"
#include "judges/probes/answers/vqa/vqa_file.h"

namespace vernier::probes {

/// So many people must have answered for soft accuracy: three others have to be able to agree.
constexpr std::size_t kFewestPeople = 4;

struct VqaMethod {
  AnswerNormaliser normaliser = AnswerNormaliser::kVqa;
  bool strict = false;  ///< soft_accuracy is the strict one, else the official one
};
/// What the official script of a format does.
AnswerNormaliser official_normaliser(VqaFormat format);
Normalise official_normalisation(AnswerNormaliser normaliser);

constexpr std::string_view kVqaScoreNames[] = {"soft_accuracy",          "soft_accuracy_official",
                                               "soft_accuracy_strict",   "exact_match",
                                               "exact_match_normalised", "anls",
                                               "letter_accuracy"};
constexpr std::size_t kVqaScores = std::size(kVqaScoreNames);
/// Why a score is undefined where nothing has it.
std::string_view undefined_reason(std::size_t score);

struct VqaAnswer {
  std::size_t question = 0;  ///< place in the question file
  std::string_view text;     ///< lives in the file of answers
  std::uint32_t cluster = 0;
  std::array<double, kVqaScores> scores{};  ///< 0 to 1; NaN: does not apply
  std::optional<char> letter;               ///< of a question with options
};

/// Scores the questions that have an answer, in the order of the file. A letter that cannot be read
/// is wrong.
std::vector<VqaAnswer> score_vqa(const VqaFile& questions, const AnswerFile& answers,
                                 const Joined& joined, const VqaMethod& method);

struct VqaSummary {
  std::uint64_t n = 0;
  std::array<RatioEstimate, kVqaScores> scores;  ///< n: answers that have the score
  std::uint64_t unparsed_letters = 0;
  std::uint64_t empty = 0;  ///< answers of white space only
};
/// Means, with the questions of an image as a cluster. `which`: places in `answers`.
VqaSummary summarise(std::span<const VqaAnswer> answers, std::span<const std::size_t> which);

struct VqaGroup {
  std::string field, value;
  std::vector<std::size_t> answers;  ///< places
};
/// By every field of VqaQuestion::groups, values in the order in which they come.
std::vector<VqaGroup> group_vqa(const VqaFile& questions, std::span<const VqaAnswer> answers);

/// Of the questions of answer_type yes/no: which say yes, which do people.
struct YesShares {
  Share answers, people;    ///< yes of yes and no
  std::uint64_t other = 0;  ///< answers that are neither, once normalised
};
YesShares yes_shares(const VqaFile& questions, std::span<const VqaAnswer> answers,
                     AnswerNormaliser normaliser);

/// VizWiz: average precision in finding the questions that cannot be answered, from the field
/// `answerable` of the answers, 0 to 1. Nothing where a question or answer lacks it; NaN where no
/// question is unanswerable. Ties count as one step, as in scikit-learn.
std::optional<double> unanswerable_precision(const VqaFile& questions, const AnswerFile& file,
                                             const Joined& joined);

}  // namespace vernier::probes

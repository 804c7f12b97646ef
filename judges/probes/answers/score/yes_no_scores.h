// Answers to yes/no questions under a parser.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/answers/score/confusion.h"
#include "judges/probes/answers/yes_no/parsers.h"

namespace vernier::probes {

struct YesNoAnswer {
  bool positive = false;
  std::string_view answer;    ///< lives in the file that it was read from
  std::uint32_t cluster = 0;  ///< its image; questions without one are clusters of their own
  std::size_t question = 0;   ///< place in the question file
};

/// Numbers images from 0, alike in all files of a run.
class ImageNumbers {
 public:
  std::uint32_t number(std::string_view image);
  /// A number for a question without image.
  std::uint32_t fresh() { return next_++; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::uint32_t next_ = 0;
};

/// The questions that have an answer, in the order of the file.
std::vector<YesNoAnswer> joined_answers(const QuestionFile& questions, const AnswerFile& answers,
                                        const Joined& joined, ImageNumbers& images);

struct YesNoScores {
  Confusion counts;
  Rates rates{}, errors{};
  UnclearPolicy policy = UnclearPolicy::kWrong;
};

YesNoScores score_yes_no(std::span<const YesNoAnswer> answers, const YesNoParser& parser,
                         UnclearPolicy policy);

/// Answers that `strict` cannot read because they are in another language or script.
std::uint64_t other_languages(std::span<const YesNoAnswer> answers);

struct YesNoGroup {
  std::string value;
  std::vector<YesNoAnswer> answers;
};

/// Answers by a field of the questions, in the order of the first of each value; questions without
/// the field are left out. Throws Error(kUsage) where no question has it.
std::vector<YesNoGroup> group_answers(const QuestionFile& questions,
                                      std::span<const YesNoAnswer> answers,
                                      const std::string& field);

}  // namespace vernier::probes

// Whether a model's answer to a question with a short or yes/no answer is right.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/answers/yes_no/parsers.h"
#include "judges/probes/live/question.h"

namespace vernier::probes {

struct ReadAnswer {
  bool parsed = false;  ///< it could be told what is answered
  bool right = false;   ///< never without `parsed`
  std::string answer;   ///< what is answered, in the form that is compared; empty unless parsed
};

/// Whether the label says yes or no.
bool asks_yes_or_no(const LiveQuestion& question);

/// Reads answers against the answers that are known of each kind of question.
class AnswerReader {
 public:
  /// Known are the labels of these questions: all of a file, so that what is read does not depend
  /// on how many of them are asked.
  explicit AnswerReader(std::span<const LiveQuestion> questions);

  /// Yes/no questions by the parser `strict`. Others: words without articles and punctuation,
  /// number words as digits (answers/text/plain_words.h, answers/open/normaliser.h). What names
  /// exactly one known answer of the kind answers that ("There are three circles." answers 3;
  /// longer known answers go first: "red circle" does not name "circle"). What names several is not
  /// parsed, nor what names none and has more than three words; fewer are an answer that is wrong.
  ReadAnswer read(const LiveQuestion& question, std::string_view text) const;

  /// The label in the form of ReadAnswer::answer.
  std::string label(const LiveQuestion& question) const;

 private:
  using Words = std::vector<std::string>;
  std::map<std::string, std::vector<Words>> known_;  // by kind, longest first
};

/// The label that comes most often, the first of equals; empty of none.
std::string commonest_label(std::span<const std::string> labels);

}  // namespace vernier::probes

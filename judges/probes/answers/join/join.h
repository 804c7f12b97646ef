// Which answer belongs to which question: by key, never by row unless asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vernier::probes {

/// One question, or one answer with what it says about its question. What is not there is empty.
struct JoinItem {
  std::string id, image, question;
  std::string answer;  ///< empty on the side of the questions
  std::uint64_t line = 0;
};

enum class JoinBy {
  kId,     ///< the question id; texts and images must agree where both sides have them
  kText,   ///< the image and the question's text
  kOrder,  ///< the row; counts must be equal and all texts agree
};
const char* join_name(JoinBy by);

struct JoinOptions {
  std::optional<JoinBy> by;    ///< nothing: the first of id and text that both sides have
  bool allow_missing = false;  ///< questions without answer, or with one to another question
  bool ignore_extra = false;   ///< answers without question
};

struct JoinReport {
  JoinBy by = JoinBy::kId;
  std::string id_rule;  ///< how ids were compared; empty where they were not
  std::uint64_t questions = 0, answers = 0;
  std::uint64_t matched = 0;
  std::uint64_t missing = 0;      ///< questions without answer
  std::uint64_t extra = 0;        ///< answers without question
  std::uint64_t duplicate = 0;    ///< answers that came again, equal; counted once
  std::uint64_t conflicting = 0;  ///< pairs of an id whose questions differ; not matched
  /// Questions that the question file asks more than once (kText): the nth answer is to the nth.
  std::uint64_t repeated_questions = 0;
  std::vector<std::string> first_missing, first_extra, first_conflicting;  ///< ten at most

  double coverage() const;
};

struct Joined {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> answer_of;  ///< of each question, or kNone
  JoinReport report;
};

/// Throws Error(kBadInput) where an id or question has two different answers, where an id of the
/// question file names two questions, and where rows cannot be joined in order.
Joined join(const std::vector<JoinItem>& questions, const std::vector<JoinItem>& answers,
            const JoinOptions& options, const std::string& question_file,
            const std::string& answer_file);

/// Throws Error(kBadInput) for missing, conflicting or extra answers that the options do not allow:
/// totals, the first ten keys and how to go on. Also where nothing matched at all.
void require_coverage(const JoinReport& report, const JoinOptions& options,
                      const std::string& question_file, const std::string& answer_file);

}  // namespace vernier::probes

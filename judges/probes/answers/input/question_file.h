// Files of yes/no questions with labels, and of answers to them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/join/join.h"

namespace vernier::probes {

struct QuestionFile {
  std::string name;  ///< printable
  std::vector<JoinItem> items;
  std::vector<bool> positive;  ///< of each item: the label is yes
  std::vector<ObjectRecord> records;
  std::uint64_t digest = 0;  ///< of ids, images, texts and labels, for signatures
};

/// The id and image that a record names; what it does not name is empty.
JoinItem item_key(const ObjectRecord& record);

/// Fields: `question_id` (`questionId`, `id`, `index`), `image` (`image_id`, ...), `text`
/// (`question`, `query_prompt`, `prompt`), `label` (`answer`, `gt_answer`, `ground_truth`), which
/// is yes or no, or 1 or 0. Throws Error(kBadInput), FILE:LINE:.
QuestionFile read_questions(const std::string& path);
QuestionFile questions_of(const ObjectFile& file);

/// Whether a text stands for yes (yes, 1) or for no (no, 0), in any case; nothing else is a label.
bool read_label(const ObjectRecord& record, ObjectRecord::Names names);

struct AnswerFile {
  std::string name;
  std::vector<JoinItem> items;
  std::vector<ObjectRecord> records;
  std::uint64_t replaced_invalid = 0;
};

struct AnswerFields {
  std::string answer, question;  ///< empty: the first of the usual names
};

/// Fields of the answer: `response`, `prediction`, `pred`, `model_answer`, `model_prediction`,
/// `output`, `answer`, `text`; of its question `prompt`, `question`, `query_prompt`, `text` where
/// that is not the answer. An object {ID: answer, ...} will do as well. An answer that is not a
/// text is refused; "" is an answer.
AnswerFile read_answers(const std::string& path, const AnswerFields& fields,
                        const ObjectFileOptions& options = {});

}  // namespace vernier::probes

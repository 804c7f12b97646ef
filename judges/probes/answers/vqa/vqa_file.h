// Questions about images with the answers that people gave, or with options.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/choice/option_letter.h"
#include "judges/probes/answers/join/join.h"

namespace vernier::probes {

enum class VqaFormat {
  kVqa,       ///< VQAv2, OK-VQA: {"questions": [...]} and {"annotations": [...]}
  kVizWiz,    ///< records of image, question, answers; an image is its question's name
  kTextVqa,   ///< {"data": [...]} with ten answers to each question
  kDocument,  ///< {"data": [...]} with other numbers of answers: ST-VQA, DocVQA, InfographicVQA
  kChoice,    ///< records with options, or with columns A, B, ...: MMMU, MMBench, A-OKVQA
  kRecords,   ///< any other records with a question and answers
};
const char* vqa_format_name(VqaFormat format);

struct VqaQuestion {
  std::vector<std::string> answers;   ///< of people, or all that are right; may be empty
  std::vector<ChoiceOption> options;  ///< empty: an open question
  char letter = 0;                    ///< of the right option
  std::optional<bool> answerable;
  std::vector<std::pair<std::string, std::string>> groups;  ///< field and value
};

struct VqaFile {
  std::string name;
  VqaFormat format = VqaFormat::kRecords;
  std::vector<JoinItem> items;
  std::vector<VqaQuestion> questions;  ///< of each item
  std::uint64_t digest = 0;            ///< of ids, images, texts, answers and options
};

struct VqaFields {
  std::string reference;        ///< the field with the right answers; empty: the usual names
  std::vector<std::string> by;  ///< fields to group by, besides answer_type and question_type
};

/// Reads questions, and the annotations of VQAv2 and OK-VQA (`annotations` empty: the questions
/// hold their answers). Fields of a question: `question_id` (`questionId`, `id`, `index`),
/// `image_id` or `image`, `question`; `answers` (`direct_answers`, `answer`), a list of texts or of
/// objects with `answer`, or a single text; `options` or `choices`, a list, or columns `A`, `B`,
/// ..., whose right one is `answer`, a letter or the text of an option, or `correct_choice_idx`,
/// from 0; `answer_type`, `question_type`, `answerable`. Throws Error(kBadInput), FILE:LINE:, for
/// what is missing or of another type, for lists written as one text, and for questions and
/// annotations that do not belong together.
VqaFile read_vqa(const std::string& questions, const std::string& annotations,
                 const VqaFields& fields);

}  // namespace vernier::probes

#include "judges/probes/answers/input/question_file.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

const ObjectRecord::Names kId = {"question_id", "questionId", "id", "index"},
                          kImage = {"image", "image_id", "img", "image_name", "file_name"},
                          kText = {"text", "question", "query_prompt", "prompt"},
                          kLabel = {"label", "answer", "gt_answer", "ground_truth", "gt"},
                          kAnswer = {"response",         "prediction", "pred",   "model_answer",
                                     "model_prediction", "output",     "answer", "text"},
                          kPrompt = {"prompt", "question", "query_prompt"};

std::string optional_text(const ObjectRecord& record, ObjectRecord::Names names) {
  return std::string(record.find_text(names).value_or(std::string_view()));
}

}  // namespace

JoinItem item_key(const ObjectRecord& record) {
  JoinItem item;
  item.line = record.line();
  item.id = optional_text(record, kId);
  item.image = optional_text(record, kImage);
  return item;
}

namespace {

/// The answer must be written as a text: a number or null there is a damaged file.
/// A field that is there with null is an answer that is missing, not a reason to take the next one.
const Value& answer_of(const ObjectRecord& record, const AnswerFields& fields) {
  const Value* value = nullptr;
  if (fields.answer.empty()) {
    for (const std::string_view name : kAnswer) {
      if ((value = record.value().find(name)) != nullptr) break;
    }
  } else {
    value = record.value().find(fields.answer);
  }
  if (value == nullptr || !value->is_string()) {
    record.refuse(fmt::format("expected the answer, a text, in {}, found {}",
                              fields.answer.empty()
                                  ? "\"response\", \"prediction\", \"answer\" or \"text\""
                                  : "\"" + printable(fields.answer, 40) + "\"",
                              value == nullptr ? "none" : json::describe(value->type)));
  }
  return *value;
}

}  // namespace

bool read_label(const ObjectRecord& record, ObjectRecord::Names names) {
  const std::string_view text = record.text(names);
  const std::string label = text::to_lower(text::strip_left(text::strip_right(text)));
  if (label == "yes" || label == "1") return true;
  if (label == "no" || label == "0") return false;
  record.refuse(fmt::format("expected the label yes or no, found '{}'", printable(text, 40)));
}

QuestionFile questions_of(const ObjectFile& file) {
  QuestionFile out;
  out.name = file.name();
  for (const ObjectRecord& record : file.records()) {
    JoinItem item = item_key(record);
    item.question = record.text(kText);
    const bool positive = read_label(record, kLabel);
    for (const std::string_view part :
         {std::string_view(item.id), std::string_view(item.image), std::string_view(item.question),
          std::string_view(positive ? "yes" : "no")}) {
      out.digest = hash_more(out.digest, hash_bytes(part));
    }
    out.items.push_back(std::move(item));
    out.positive.push_back(positive);
  }
  out.records = file.records();
  return out;
}

QuestionFile read_questions(const std::string& path) {
  return questions_of(ObjectFile::read(path));
}

AnswerFile read_answers(const std::string& path, const AnswerFields& fields,
                        const ObjectFileOptions& options) {
  ObjectFile file = ObjectFile::read(path, options);
  file.spread("id", fields.answer.empty() ? kAnswer.begin()[0] : fields.answer, kAnswer);
  AnswerFile out;
  out.name = file.name();
  out.replaced_invalid = file.replaced_invalid();
  for (const ObjectRecord& record : file.records()) {
    JoinItem item = item_key(record);
    const Value& answer = answer_of(record, fields);
    item.answer = answer.text;
    if (!fields.question.empty()) {
      item.question = optional_text(record, {fields.question});
    } else if (const auto prompt = record.find_text(kPrompt)) {
      item.question = *prompt;
    } else if (record.value().find("text") != &answer) {
      item.question = optional_text(record, {"text"});
    }
    out.items.push_back(std::move(item));
  }
  out.records = file.records();
  return out;
}

}  // namespace vernier::probes

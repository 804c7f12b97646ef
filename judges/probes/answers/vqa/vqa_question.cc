#include "judges/probes/answers/vqa/vqa_question.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "judges/probes/answers/input/written_list.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

const ObjectRecord::Names kOptions = {"options", "choices"},
                          kRight = {"answers", "direct_answers", "answer"};
constexpr std::size_t kMostOptions = 26;

std::string_view stripped(std::string_view text) {
  return text::strip_left(text::strip_right(text));
}

std::vector<std::string> texts_of(const ObjectRecord& record, std::string_view name,
                                  const Value& value) {
  refuse_written_list(record, name);
  if (!value.is_array()) return {std::string(record.text({name}))};
  std::vector<std::string> texts;
  for (const Value& item : value.items) {
    const Value* text = item.is_object() ? item.find("answer") : &item;
    if (text == nullptr || !text->is_string()) {
      record.refuse(
          fmt::format("expected texts in \"{}\", or objects with the text \"answer\", "
                      "found {}",
                      name, text == nullptr ? "an object without it" : json::describe(text->type)));
    }
    texts.push_back(text->text);
  }
  if (texts.empty()) record.refuse(fmt::format("expected answers in \"{}\", found none", name));
  return texts;
}

void add_option(std::vector<ChoiceOption>& options, std::string_view text) {
  options.push_back({static_cast<char>('A' + options.size()), std::string(text)});
}

std::vector<ChoiceOption> options_of(const ObjectRecord& record) {
  std::vector<ChoiceOption> options;
  for (const std::string_view name : kOptions) {
    const Value* value = record.find(name);
    if (value == nullptr) continue;
    refuse_written_list(record, name);
    if (!value->is_array() || value->items.size() > kMostOptions) {
      record.refuse(fmt::format("expected a list of at most {} options in \"{}\", found {}",
                                kMostOptions, name,
                                value->is_array() ? "more" : json::describe(value->type)));
    }
    for (const std::string& text :
         value->items.empty() ? std::vector<std::string>() : texts_of(record, name, *value)) {
      add_option(options, text);
    }
    return options;
  }
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    const auto text = record.find_text({std::string_view(&letter, 1)});
    if (!text || stripped(*text).empty() || *text == "nan") continue;
    options.push_back({letter, std::string(*text)});
  }
  return options;
}

char letter_by_number(const ObjectRecord& record, const std::vector<ChoiceOption>& options) {
  const double number = record.number({"correct_choice_idx"});
  for (std::size_t n = 0; n < options.size(); ++n) {
    if (static_cast<double>(n) == number) return options[n].letter;
  }
  record.refuse(fmt::format("expected the number of an option, 0 to {}, in \"correct_choice_idx\"",
                            options.size() - 1));
}

char letter_of(const ObjectRecord& record, const VqaFields& fields,
               const std::vector<ChoiceOption>& options) {
  if (record.find("correct_choice_idx") != nullptr) return letter_by_number(record, options);
  const std::string_view name =
      fields.reference.empty() ? std::string_view("answer") : std::string_view(fields.reference);
  const Value* value = record.find(name);
  if (value == nullptr || !value->is_string()) {
    record.refuse(fmt::format(
        "expected the letter of the right option in \"{}\", found {}{}", name,
        value == nullptr ? "none" : json::describe(value->type),
        value != nullptr && value->is_number() ? ", which may count from 0 or from 1" : ""));
  }
  const std::string_view text = stripped(value->text);
  for (const ChoiceOption& option : options) {
    if (text.size() == 1 && option.letter == text[0]) return option.letter;
  }
  char found = 0;
  for (const ChoiceOption& option : options) {
    if (stripped(option.text) != text) continue;
    if (found != 0) record.refuse("expected options that differ, found the right one twice");
    found = option.letter;
  }
  if (found == 0) {
    record.refuse(fmt::format("expected the letter or the text of an option in \"{}\", found '{}'",
                              name, printable(text, 40)));
  }
  return found;
}

const Value* right_answers(const ObjectRecord& record, const VqaFields& fields,
                           std::string_view& name) {
  if (!fields.reference.empty()) {
    name = fields.reference;
    return record.find(name);
  }
  for (const std::string_view one : kRight) {
    name = one;
    if (const Value* value = record.find(one)) return value;
  }
  return nullptr;
}

}  // namespace

bool has_answers(const ObjectRecord& record, const VqaFields& fields) {
  std::string_view name;
  return right_answers(record, fields, name) != nullptr;
}

VqaQuestion read_vqa_question(const ObjectRecord& record, const VqaFields& fields) {
  VqaQuestion question;
  question.options = options_of(record);
  std::string_view name;
  const Value* right = right_answers(record, fields, name);
  if (question.options.size() > 1) {
    question.letter = letter_of(record, fields, question.options);
    // A letter is no answer to compare texts with; answers of people beside the options are.
    if (right != nullptr && right->is_array()) question.answers = texts_of(record, name, *right);
  } else if (right == nullptr) {
    record.refuse(fields.reference.empty()
                      ? std::string("expected the right answers in \"answers\" or \"answer\", or "
                                    "options, found none")
                      : fmt::format("expected the right answers in \"{}\", found none",
                                    printable(fields.reference, 40)));
  } else {
    question.options.clear();
    question.answers = texts_of(record, name, *right);
  }
  if (const auto answerable = record.find_text({"answerable"})) {
    if (*answerable != "0" && *answerable != "1") {
      record.refuse(
          fmt::format("expected 0 or 1 in \"answerable\", found '{}'", printable(*answerable, 30)));
    }
    question.answerable = *answerable == "1";
  }
  std::vector<std::string> groups = {"answer_type", "question_type"};
  for (const std::string& field : fields.by) {
    if (std::ranges::find(groups, field) == groups.end()) groups.push_back(field);
  }
  for (const std::string& field : groups) {
    if (const auto value = record.find_text({field})) {
      question.groups.emplace_back(field, std::string(*value));
    }
  }
  return question;
}

}  // namespace vernier::probes

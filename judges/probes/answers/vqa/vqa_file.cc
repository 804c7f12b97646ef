#include "judges/probes/answers/vqa/vqa_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/printable.h"
#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/answers/vqa/vqa_question.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {
namespace {

constexpr std::size_t kPeople = 10;  // answers to each question of VQAv2, VizWiz, TextVQA
const ObjectRecord::Names kLists = {"questions", "annotations", "data"};

void add_to_digest(const JoinItem& item, const VqaQuestion& question, std::uint64_t& digest) {
  const auto add = [&](std::string_view text) { digest = hash_more(digest, hash_bytes(text)); };
  add(item.id);
  add(item.image);
  add(item.question);
  for (const std::string& answer : question.answers) add(answer);
  for (const ChoiceOption& option : question.options) add(option.text);
  add(std::string_view(&question.letter, 1));
}

VqaFormat format_of(std::string_view list, const VqaFile& file) {
  const auto all = [&](auto holds) { return std::ranges::all_of(file.questions, holds); };
  if (list == "annotations") return VqaFormat::kVqa;
  if (std::ranges::any_of(file.questions,
                          [](const VqaQuestion& one) { return !one.options.empty(); })) {
    return VqaFormat::kChoice;
  }
  if (list == "data" || list == "questions") {
    return all([](const VqaQuestion& one) { return one.answers.size() == kPeople; })
               ? VqaFormat::kTextVqa
               : VqaFormat::kDocument;
  }
  const bool by_image = std::ranges::all_of(
      file.items, [](const JoinItem& item) { return item.id.empty() && !item.image.empty(); });
  return by_image ? VqaFormat::kVizWiz : VqaFormat::kRecords;
}

/// Puts the texts of the questions to their annotations, by id.
class Texts {
 public:
  explicit Texts(const ObjectFile& questions) : name_(questions.name()) {
    for (const ObjectRecord& record : questions.records()) {
      JoinItem item = item_key(record);
      if (item.id.empty()) record.refuse("expected a question_id, found none");
      item.question = record.text({"question"});
      const std::string id = item.id;
      const auto [known, fresh] = texts_.try_emplace(id, std::move(item));
      if (!fresh) {
        record.refuse(fmt::format("expected each question_id once, found it in line {} already",
                                  known->second.line));
      }
    }
  }

  void give(const ObjectRecord& annotation, JoinItem& item) {
    const auto found = texts_.find(item.id);
    if (found == texts_.end()) {
      note(unknown_, item.id);
      return;
    }
    const JoinItem& text = found->second;
    if (!text.image.empty() && !item.image.empty() && text.image != item.image) {
      annotation.refuse(fmt::format("expected the image {} as in {}:{}, found {}",
                                    printable(text.image, 60), name_, text.line,
                                    printable(item.image, 60)));
    }
    item.question = text.question;
    if (item.image.empty()) item.image = text.image;
    ++given_;
  }

  void check(const std::string& annotations) const {
    if (unknown_.count == 0 && given_ == texts_.size()) return;
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: {} annotations are of questions that {} does not have{}, and {} of "
                    "its {} questions have no annotation; give the two files of one split",
                    annotations, unknown_.count, name_, unknown_.shown(), texts_.size() - given_,
                    texts_.size()));
  }

 private:
  struct Noted {
    std::size_t count = 0;
    std::vector<std::string> first;
    std::string shown() const {
      return first.empty() ? ""
                           : fmt::format(" ({}{})", fmt::join(first, ", "),
                                         count > first.size() ? ", ..." : "");
    }
  };
  static void note(Noted& noted, const std::string& id) {
    if (noted.count++ < 10) noted.first.push_back(printable(id, 40));
  }

  std::string name_;
  text::TextMap<JoinItem> texts_;
  Noted unknown_;
  std::size_t given_ = 0;
};

}  // namespace

const char* vqa_format_name(VqaFormat format) {
  switch (format) {
    case VqaFormat::kVqa:
      return "vqa";
    case VqaFormat::kVizWiz:
      return "vizwiz";
    case VqaFormat::kTextVqa:
      return "textvqa";
    case VqaFormat::kDocument:
      return "document";
    case VqaFormat::kChoice:
      return "choice";
    case VqaFormat::kRecords:
      break;
  }
  return "records";
}

VqaFile read_vqa(const std::string& questions, const std::string& annotations,
                 const VqaFields& fields) {
  ObjectFile answered = ObjectFile::read(annotations.empty() ? questions : annotations);
  const std::string_view list = answered.unwrap(kLists);
  VqaFile file;
  file.name = answered.name();
  const bool asks_only = answered.records().front().find("question") != nullptr &&
                         !has_answers(answered.records().front(), fields);
  if (list == "questions" && asks_only && annotations.empty()) {
    throw Error(ExitCode::kUsage,
                fmt::format("{} holds questions without answers; give their annotations with "
                            "--annotations (v2_mscoco_val2014_annotations.json)",
                            file.name));
  }
  std::optional<Texts> texts;
  if (!annotations.empty()) {
    ObjectFile asked = ObjectFile::read(questions);
    asked.unwrap(kLists);
    texts.emplace(asked);
  }
  for (const ObjectRecord& record : answered.records()) {
    JoinItem item = item_key(record);
    item.question = record.find_text({"question"}).value_or(std::string_view());
    if (texts) texts->give(record, item);
    VqaQuestion question = read_vqa_question(record, fields);
    add_to_digest(item, question, file.digest);
    file.items.push_back(std::move(item));
    file.questions.push_back(std::move(question));
  }
  if (texts) texts->check(file.name);
  file.format = format_of(list, file);
  return file;
}

}  // namespace vernier::probes

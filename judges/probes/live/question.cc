#include "judges/probes/live/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/hash.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {
namespace {

using Names = ObjectRecord::Names;
const Names kId = {"question_id", "questionId", "id", "index"},
            kImage = {"image_id", "image", "img", "image_name", "file_name"},
            kText = {"text", "question", "query_prompt", "prompt"},
            kLabel = {"label", "answer", "gt_answer", "ground_truth", "gt"},
            kKind = {"category", "kind", "type"};

/// Kinds are parts of keys and of names of scores.
std::string kind_of(const ObjectRecord& record) {
  std::string kind(record.find_text(kKind).value_or("questions"));
  for (char& c : kind) {
    if (c == '/' || c == '|' || c == ',' || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  // These are what is asked about groups, sizes and prompts.
  for (const char* taken : {"position", "needle", "resolution", "presets"}) {
    if (kind == taken) kind += " questions";
  }
  return kind.empty() ? "questions" : kind;
}

std::string required(const ObjectRecord& record, Names names, const char* what) {
  std::string text(record.text(names));
  if (text.empty()) record.refuse(fmt::format("expected {}, found an empty text", what));
  return text;
}

class Collected {
 public:
  explicit Collected(std::string name) { out_.name = std::move(name); }

  void add(LiveQuestion question, const ObjectRecord& record) {
    for (const std::string* part :
         {&question.kind, &question.id, &question.image_id, &question.text, &question.label}) {
      out_.digest = hash_more(out_.digest, hash_bytes(*part));
    }
    for (const std::string& image : question.images) {
      out_.digest = hash_more(out_.digest, hash_bytes(image));
    }
    if (!known_.insert(question.kind + "|" + question.id).second) {
      record.refuse(fmt::format("expected each question once, found {} {} again",
                                printable(question.kind, 40), printable(question.id, 60)));
    }
    out_.questions.push_back(std::move(question));
  }
  LiveQuestions take() { return std::move(out_); }

 private:
  LiveQuestions out_;
  text::TextSet known_;
};

std::size_t place_of(const ObjectRecord& record, const LiveQuestion& question) {
  const std::string_view text = record.text({"position"});
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (error != std::errc() || end != text.data() + text.size() || position < 1 ||
      position > question.images.size()) {
    record.refuse(fmt::format("expected a position from 1 to {}, the number of images, found '{}'",
                              question.images.size(), printable(text, 30)));
  }
  if (question.images[position - 1] != question.image_id) {
    record.refuse(fmt::format("expected image_id to be image {} of \"images\", {}; found {}",
                              position, printable(question.images[position - 1], 60),
                              printable(question.image_id, 60)));
  }
  return position - 1;
}

}  // namespace

std::vector<std::string> LiveQuestions::kinds() const {
  std::vector<std::string> kinds;
  for (const LiveQuestion& question : questions) {
    if (std::ranges::find(kinds, question.kind) == kinds.end()) kinds.push_back(question.kind);
  }
  return kinds;
}

LiveQuestions read_live_questions(const std::string& path) {
  const ObjectFile file = ObjectFile::read(path);
  Collected all(file.name());
  for (const ObjectRecord& record : file.records()) {
    LiveQuestion question;
    question.kind = kind_of(record);
    question.id = record.find_text(kId).value_or(std::string_view());
    if (question.id.empty()) question.id = std::to_string(record.line());
    question.image_id = required(record, kImage, "an image");
    question.text = required(record, kText, "a question");
    question.label = required(record, kLabel, "an answer");
    question.negative = record.find_text({"negative"}).value_or(std::string_view());
    all.add(std::move(question), record);
  }
  return all.take();
}

LiveQuestions read_live_groups(const std::string& path, const std::string& kind) {
  const ObjectFile file = ObjectFile::read(path);
  Collected all(file.name());
  for (const ObjectRecord& record : file.records()) {
    LiveQuestion question;
    question.kind = kind;
    question.image_id = required(record, {"image_id", "image"}, "an image");
    question.images = record.texts({"images"});
    question.place = place_of(record, question);
    question.group = required(record, {"group"}, "a group");
    question.order = required(record, {"order"}, "an order");
    question.id = fmt::format("{}/{}/{}", question.group, question.order, question.place + 1);
    question.text = required(record, kText, "a question");
    question.label = required(record, kLabel, "an answer");
    if (kind == "needle") {
      question.depth = record.number({"depth"});
      if (!(question.depth >= 0 && question.depth <= 1)) {
        record.refuse(fmt::format("expected a depth from 0 to 1, found {}", question.depth));
      }
    }
    all.add(std::move(question), record);
  }
  return all.take();
}

}  // namespace vernier::probes

#include "judges/probes/object/amber/amber_data.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/io/text_lines.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"

namespace vernier::probes {
namespace {

struct TaskName {
  std::string_view name;
  AmberTask task;
};
constexpr std::array<TaskName, 7> kTasks = {
    {{"generative", AmberTask::kGenerative},
     {"discriminative-attribute-state", AmberTask::kState},
     {"discriminative-attribute-number", AmberTask::kNumber},
     {"discriminative-attribute-action", AmberTask::kAction},
     {"discriminative-hallucination", AmberTask::kExistence},
     {"discriminative-relation", AmberTask::kRelation},
     {"relation", AmberTask::kRelation}}};

std::optional<AmberTask> task_of(std::string_view name) {
  for (const TaskName& known : kTasks) {
    if (known.name == name) return known.task;
  }
  return std::nullopt;
}

std::string file_in(const std::string& folder, const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(folder) / name;
  std::error_code ignored;
  for (const char* ending : {"", ".gz"}) {
    std::string file = path.string() + ending;
    if (std::filesystem::exists(file, ignored)) return file;
  }
  throw Error(ExitCode::kUsage, fmt::format("{}: holds no {}; expected AMBER's folder data",
                                            printable(folder, 4096), name));
}

}  // namespace

const AmberAnnotation* AmberData::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &annotations_[found->second];
}

const std::vector<std::string>& AmberData::associations(std::string_view word) const {
  static const std::vector<std::string> kNone;
  const auto found = associations_.find(word);
  return found == associations_.end() ? kNone : found->second;
}

void AmberData::read_annotations(const std::string& path) {
  const ObjectFile file = ObjectFile::read(path);
  for (const ObjectRecord& record : file.records()) {
    AmberAnnotation annotation;
    annotation.id = record.text({"id"});
    const std::string_view type = record.text({"type"});
    const std::optional<AmberTask> task = task_of(type);
    if (!task) {
      record.refuse(fmt::format("expected a type of AMBER, found '{}'", printable(type, 60)));
    }
    annotation.task = *task;
    digest_ = hash_more(digest_, hash_bytes(annotation.id));
    if (*task == AmberTask::kGenerative) {
      annotation.truth = record.texts({"truth"});
      annotation.absent = record.texts({"hallu"});
      for (const auto* words : {&annotation.truth, &annotation.absent}) {
        for (const std::string& word : *words) digest_ = hash_more(digest_, hash_bytes(word));
      }
    } else {
      const std::string_view truth = record.text({"truth"});
      if (truth != "yes" && truth != "no") {
        record.refuse(
            fmt::format("expected yes or no in \"truth\", found '{}'", printable(truth, 60)));
      }
      annotation.yes = truth == "yes";
      digest_ = hash_more(digest_, annotation.yes);
    }
    if (!index_.emplace(annotation.id, annotations_.size()).second) {
      record.refuse("expected each id once, found it a second time");
    }
    annotations_.push_back(std::move(annotation));
  }
}

void AmberData::read_associations(const std::string& path) {
  const ObjectFile file = ObjectFile::read(path);
  if (file.records().size() != 1) {
    file.records()[1].refuse("expected one object of words and the words they stand for");
  }
  const ObjectRecord& all = file.records()[0];
  for (const std::string& word : all.value().keys) {
    std::vector<std::string> words = all.texts({word});
    lexicon_.insert(word);
    digest_ = hash_more(digest_, hash_bytes(word));
    for (const std::string& other : words) {
      lexicon_.insert(other);
      digest_ = hash_more(digest_, hash_bytes(other));
    }
    associations_.emplace(word, std::move(words));
  }
}

void AmberData::read_safe_words(const std::string& path) {
  const std::string text = ByteSource::open(path)->read_rest();
  for_each_line(text, [&](std::string_view line, std::uint64_t) {
    if (line.empty()) return;
    safe_.emplace(line);
    digest_ = hash_more(digest_, hash_bytes(line));
  });
}

AmberData AmberData::read(const std::string& folder) {
  AmberData data;
  data.read_annotations(file_in(folder, "annotations.json"));
  data.read_associations(file_in(folder, "relation.json"));
  data.read_safe_words(file_in(folder, "safe_words.txt"));
  return data;
}

}  // namespace vernier::probes

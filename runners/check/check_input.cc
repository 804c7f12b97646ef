#include "runners/check/check_input.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/image_ids.h"
#include "datasets/objects/object_file.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier {
namespace {

constexpr std::size_t kShown = 10;

struct Bytes {
  std::string name, bytes;

  explicit Bytes(const std::string& path) {
    const auto source = ByteSource::open(path);
    name = source->name();
    bytes = source->read_rest();
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  }
  bool is_json() const {
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string::npos && (bytes[first] == '{' || bytes[first] == '[');
  }
  /// The whole as one text.
  const std::string& text() const {
    if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) {
      throw Error(ExitCode::kBadInput, name + ": expected a text, found nothing");
    }
    if (text::find_invalid_utf8(bytes) != std::string_view::npos) {
      throw Error(ExitCode::kBadInput, name + ": expected UTF-8, found other bytes");
    }
    return bytes;
  }
};

std::vector<CheckInput::Entry> read_texts(const Bytes& file) {
  std::vector<CheckInput::Entry> entries;
  if (!file.is_json()) {
    entries.push_back({"", file.text(), 0});
    return entries;
  }
  const ObjectFile records = ObjectFile::parse(file.bytes, file.name);
  for (const ObjectRecord& record : records.records()) {
    entries.push_back(
        {std::string(record.find_text({"id", "image_id", "question_id"}).value_or("")),
         std::string(
             record.text({"response", "bot_message", "output", "answer", "caption", "text"})),
         0});
  }
  return entries;
}

std::vector<ImageScene> read_evidence(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return read_scenes(path).images;
  const Bytes file(path);
  if (file.is_json()) return parse_scenes(file.bytes, file.name).images;
  ImageScene scene;
  scene.texts.push_back(file.text());
  return {scene};
}

}  // namespace

CheckInput read_check_input(const std::string& texts, const std::string& evidence) {
  if (texts == "-" && evidence == "-") {
    throw Error(ExitCode::kUsage, "the text and the evidence cannot both be standard input");
  }
  const Bytes text_file(texts);
  CheckInput input{read_texts(text_file), read_evidence(evidence)};
  if (input.evidence.size() == 1 && input.evidence.front().id.empty()) return input;
  std::vector<std::string_view> ids, known;
  for (const CheckInput::Entry& entry : input.entries) ids.push_back(entry.id);
  for (const ImageScene& scene : input.evidence) known.push_back(scene.id);
  const MatchedIds matched = match_ids(ids, known);
  std::string missing;
  std::size_t count = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (matched.images[i] != MatchedIds::kNone && !ids[i].empty()) {
      input.entries[i].evidence = matched.images[i];
    } else if (count++ < kShown) {
      missing += (missing.empty() ? "" : ", ") +
                 (ids[i].empty() ? "a text without id" : printable(ids[i], 60));
    }
  }
  if (count > 0) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} of {} texts have no evidence in {}: {}{}; records are joined "
                            "by \"id\", and evidence for all texts is a single record without id",
                            text_file.name, count, ids.size(),
                            evidence == "-" ? "standard input" : printable(evidence, 4096), missing,
                            count > kShown ? ", ..." : ""));
  }
  return input;
}

}  // namespace vernier

#include "runners/probe/captions/caption_file.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/objects/object_file.h"
#include "metrics/text/text_set.h"
#include "metrics/text/unicode/white_space.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

/// Collects records: each id once.
class Collector {
 public:
  explicit Collector(CaptionFile& file) : file_(file) {}

  void add(CaptionRecord record) {
    const auto refuse = [&](const std::string& message) {
      throw Error(ExitCode::kBadInput, fmt::format("{}:{}: {}", file_.name, record.line, message));
    };
    if (record.id.empty() && record.image_id.empty()) {
      refuse("expected an image_id or an id, found neither");
    }
    if (record.id.empty()) record.id = record.image_id;
    if (record.image_id.empty()) record.image_id = record.id;
    const auto [known, fresh] = index_.try_emplace(record.id, file_.captions.size());
    if (!fresh) {
      const CaptionRecord& first = file_.captions[known->second];
      if (first.text != record.text || first.image_id != record.image_id) {
        refuse(
            fmt::format("id {}: has a caption in line {} already, another one; give each record "
                        "an id of its own",
                        printable(record.id, 60), first.line));
      }
      ++file_.repeated;
      return;
    }
    file_.empty += text::strip_left(record.text).empty();
    file_.captions.push_back(std::move(record));
  }

 private:
  CaptionFile& file_;
  text::TextMap<std::size_t> index_;
};

/// Whether the file is the output of the first CHAIR script's own evaluation.
bool is_chair_results(const std::string& path) {
  if (path == "-") return false;
  const auto source = ByteSource::open(path);
  const std::string head = source->read_rest(1 << 12);
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  return begin != std::string::npos && head[begin] == '{' &&
         head.find("\"imgToEval\"") != std::string::npos;
}

void read_chair_results(const std::string& path, const ReadOptions& options, CaptionFile& file) {
  ObjectFileOptions reading;
  reading.replace_invalid = options.replace_invalid;
  const ObjectFile results = ObjectFile::read(path, reading);
  file.name = results.name();
  file.counts.replaced_invalid = results.replaced_invalid();
  Collector collector(file);
  for (const ObjectRecord& record : results.members("imgToEval")) {
    const auto image = record.find_text({"image_id"});
    collector.add({"", std::string(image ? *image : record.key()),
                   std::string(record.text({"caption"})), "", record.line()});
    ++file.counts.records;
  }
}

}  // namespace

CaptionFile read_captions(const std::string& path, const ReadOptions& options, bool references) {
  CaptionFile file;
  if (is_chair_results(path)) {
    read_chair_results(path, options, file);
    return file;
  }
  ReadOptions reading = options;
  reading.read_references = references;
  const auto reader = RecordReader::open(path, reading);
  file.name = reader->name();
  Collector collector(file);
  for (RecordBlock block; reader->next(block);) {
    reader->parse(block);
    file.counts += block.counts();
    for (const Record& record : block.records()) {
      if (!record.has_text) {
        throw Error(ExitCode::kBadInput,
                    fmt::format("{}:{}: id {}: expected a caption, found none", file.name,
                                record.line, printable(record.id, 60)));
      }
      collector.add({std::string(record.id),
                     std::string(record.image_id),
                     std::string(record.text),
                     std::string(record.meta),
                     record.line,
                     {record.references.begin(), record.references.end()}});
    }
  }
  reader->check(file.counts);
  return file;
}

void add_caption_options(CLI::App& command, ReadOptions& options) {
  constexpr const char* kGroup = "Input";
  const auto field = [&](const char* name, std::string& value, const char* what) {
    command.add_option(name, value, what)->type_name("NAME")->group(kGroup);
  };
  field("--text-field", options.fields.text, "Field that holds the caption");
  field("--id-field", options.fields.id, "Field that names the sample");
  field("--image-field", options.fields.image_id, "Field that names the image");
  add_input_format_option(command, "--input-format", options.format,
                          "Format of the captions, where content misleads (docs/cli.md)")
      ->group(kGroup);
  command
      .add_flag("--replace-invalid", options.replace_invalid,
                "Replace invalid UTF-8 by U+FFFD and count it")
      ->group(kGroup);
  command
      .add_flag("--allow-truncated", options.allow_truncated,
                "Accept an input that ends inside a record; count it")
      ->group(kGroup);
}

}  // namespace vernier

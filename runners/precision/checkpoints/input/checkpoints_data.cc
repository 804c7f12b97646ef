#include "runners/precision/checkpoints/input/checkpoints_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "base/printable.h"
#include "datasets/reader.h"
#include "judges/probes/live/selection.h"
#include "runners/caption/image_list.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;

bool is_file(const std::string& path) {
  std::error_code unknown;
  return fs::is_regular_file(path, unknown);
}

/// `given`, or what the folder of scenes has under that name.
std::string part(const std::string& given, const std::string& scenes, const char* name) {
  if (!given.empty() || scenes.empty()) return given;
  const std::string path = (fs::path(scenes) / name).string();
  return is_file(path) ? path : "";
}

/// The first reference of each image, in the order of the file.
std::vector<CheckpointsData::Text> first_references(const std::string& path) {
  std::vector<CheckpointsData::Text> out;
  std::unordered_set<std::string> known;
  const auto reader = RecordReader::open(path);
  ReadCounts counts;
  for (RecordBlock block; reader->next(block);) {
    reader->parse(block);
    for (const Record& record : block.records()) {
      const std::string_view id = record.image_id.empty() ? record.id : record.image_id;
      const std::string_view text =
          record.references.empty() ? record.text : record.references.front();
      if (id.empty() || text.empty() || !known.emplace(id).second) continue;
      out.push_back({std::string(id), std::string(text)});
    }
    counts += block.counts();
  }
  reader->check(counts);
  if (out.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: expected captions that people wrote, with their image_id",
                            printable(path, 200)));
  }
  return out;
}

template <class T>
std::vector<T> chosen(const std::vector<T>& all, std::size_t most) {
  std::vector<T> out;
  for (const std::size_t i : probes::choose_evenly(all.size(), most, 1)) out.push_back(all[i]);
  return out;
}

/// The captions of at most `most` pictures, evenly spread.
CaptionFile some_captions(const std::string& path, std::size_t most) {
  CaptionFile file = read_captions(path, {});
  std::vector<std::string> images;
  std::unordered_set<std::string> known;
  for (const CaptionRecord& caption : file.captions) {
    if (known.insert(caption.image_id).second) images.push_back(caption.image_id);
  }
  const std::vector<std::string> some = chosen(images, most);
  const std::unordered_set<std::string> wanted(some.begin(), some.end());
  std::erase_if(file.captions,
                [&](const CaptionRecord& caption) { return !wanted.contains(caption.image_id); });
  return file;
}

std::vector<double> ratings_of(const CaptionFile& file) {
  std::vector<double> out;
  for (const CaptionRecord& caption : file.captions) {
    const auto meta = nlohmann::json::parse(caption.meta, nullptr, false);
    if (!meta.is_object() || !meta.contains("rating") || !meta["rating"].is_number()) return {};
    out.push_back(meta["rating"].get<double>());
  }
  return out;
}

}  // namespace

CheckpointsData open_checkpoints_data(const CheckpointsOptions& options) {
  CheckpointsData data;
  data.images = options.images;
  if (data.images.empty() && !options.scenes.empty()) {
    data.images = (fs::path(options.scenes) / "images").string();
  }
  data.references = part(options.references, options.scenes, "scenes.jsonl");
  if (!data.references.empty()) {
    data.texts = chosen(first_references(data.references), options.limit);
    for (const auto& text : data.texts) data.image_ids.push_back(text.image_id);
    data.inputs.push_back(data.references);
  } else if (!data.images.empty()) {
    data.image_ids = chosen(image_list(PictureFolder(data.images), data.images, ""), options.limit);
  }
  if (!options.questions.empty()) {
    data.questions = open_live_data({"", options.questions, data.images});
    data.inputs.push_back(options.questions);
  } else if (is_file(part("", options.scenes, "questions.jsonl"))) {
    const LiveSource source{options.scenes, "", options.images};
    data.questions = open_live_data(source);
    for (const std::string& input : source.inputs()) data.inputs.push_back(input);
  }
  const std::string candidates = part(options.candidates, options.scenes, "captions.jsonl");
  if (!candidates.empty()) {
    data.candidates = some_captions(candidates, options.limit);
    data.ratings = ratings_of(*data.candidates);
    data.inputs.push_back(candidates);
  }
  if (data.images.empty()) {
    throw Error(ExitCode::kUsage,
                "precision: expected --images DIR, or a folder that vernier synth wrote, to "
                "compare the models on");
  }
  return data;
}

}  // namespace vernier

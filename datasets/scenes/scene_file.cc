#include "datasets/scenes/scene_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/scenes/scene_builder.h"
#include "metrics/text/text_set.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;

/// What a simulator's file name says: scene_graph_pruned_12.json.
GraphKind kind_by_name(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);
  if (name.find("pruned") != std::string_view::npos) return GraphKind::kPruned;
  if (name.find("full") != std::string_view::npos) return GraphKind::kFull;
  return GraphKind::kOpen;
}

/// The number of the frame where the name ends with one, else the name without ending.
std::string frame_of(const fs::path& path) {
  const std::string stem = path.stem();
  const std::size_t cut = stem.find_last_not_of("0123456789");
  return cut == std::string::npos || cut + 1 == stem.size() ? stem : stem.substr(cut + 1);
}

void add_file(const ObjectFile& file, SceneFile& out) {
  const GraphKind by_name = kind_by_name(file.name());
  const auto add = [&](const ObjectRecord& record) {
    ImageScene scene = SceneBuilder(record).build();
    if (scene.kind == GraphKind::kOpen) scene.kind = by_name;
    if (scene.objects.empty() && scene.texts.empty() && scene.null_texts == 0) {
      record.refuse("expected objects, relations or texts of an image, found none");
    }
    out.images.push_back(std::move(scene));
  };
  const auto is_scene = [](const ObjectRecord& record) {
    return record.find("objects") != nullptr || record.find("nodes") != nullptr ||
           record.find("edges") != nullptr;
  };
  // {"edges": {...}} would be keyed too; a scene of its own is told by its keys.
  if (file.is_keyed() && !is_scene(file.records().front())) {
    for (const ObjectRecord& member : file.members()) add(member);
  } else {
    for (const ObjectRecord& record : file.records()) add(record);
  }
}

void finish(SceneFile& out, const SceneFileOptions& options) {
  text::TextSet seen;
  for (ImageScene& scene : out.images) {
    if (options.kind) scene.kind = *options.kind;
    if (!scene.id.empty() && !seen.insert(scene.id).second) {
      throw Error(ExitCode::kBadInput, fmt::format("{}:{}: image {} is there a second time",
                                                   out.name, scene.line, printable(scene.id, 60)));
    }
  }
}

SceneFile read_folder(const std::string& path, const SceneFileOptions& options) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  SceneFile out;
  out.name = printable(path, 4096);
  for (const fs::path& file : files) {
    const std::size_t before = out.images.size();
    add_file(ObjectFile::read(file), out);
    for (std::size_t i = before; i < out.images.size(); ++i) {
      if (out.images[i].id.empty()) out.images[i].id = frame_of(file);
    }
  }
  if (files.empty()) {
    throw Error(ExitCode::kBadInput, fmt::format("{}: holds no .json files", out.name));
  }
  finish(out, options);
  return out;
}

}  // namespace

SceneFile parse_scenes(std::string_view bytes, const std::string& name,
                       const SceneFileOptions& options) {
  SceneFile out;
  out.name = name;
  add_file(ObjectFile::parse(bytes, name), out);
  finish(out, options);
  return out;
}

SceneFile read_scenes(const std::string& path, const SceneFileOptions& options) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return read_folder(path, options);
  const auto source = ByteSource::open(path);
  return parse_scenes(source->read_rest(), source->name(), options);
}

}  // namespace vernier

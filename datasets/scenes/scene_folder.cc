#include "datasets/scenes/scene_folder.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <tuple>

namespace vernier {
namespace {

namespace fs = std::filesystem;
using View = std::string_view;

constexpr View kGraphName = "scene_graph";
constexpr std::array<View, 3> kFrameFolders = {"caption", "caption_full_json",
                                               "caption_pruned_json"};

std::vector<fs::path> json_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".json" && path.filename() != "synth.json") files.push_back(path);
  }
  // Frame 10 comes behind frame 9.
  std::ranges::sort(files, {}, [](const fs::path& path) {
    const std::string stem = path.stem();
    const std::size_t cut = stem.find_last_not_of("0123456789") + 1;
    std::string number = stem.substr(cut);
    number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
    return std::tuple(stem.substr(0, cut), number.size(), number, path);
  });
  return files;
}

/// "Camera" of root/Camera/Captions; what the folder itself is called where it is the root.
std::string view_of_folder(const fs::path& folder, const fs::path& root) {
  std::string view = folder.lexically_relative(root).parent_path().generic_string();
  if (!view.empty() && view != ".") return view;
  const fs::path whole = fs::absolute(folder).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).parent_path().filename();
}

std::string view_of(const fs::path& path, const fs::path& root) {
  std::string stem = path.stem();
  if (stem == "full_scene_graph" || stem == "pruned_scene_graph" || stem == "scene_graph_caption") {
    return view_of_folder(path.parent_path(), root);
  }
  const std::size_t cut = stem.find_last_not_of("0123456789");
  if (cut == std::string::npos || cut + 1 == stem.size()) return stem;
  const std::size_t prefix = stem.find(kGraphName);
  return (prefix == std::string::npos ? "" : stem.substr(0, prefix)) + stem.substr(cut + 1);
}

}  // namespace

GraphFile graph_file_of(View name) {
  name.remove_prefix(name.rfind('/') + 1);
  if (name.find("pruned") != View::npos) return GraphFile::kPruned;
  if (name.find("full") != View::npos) return GraphFile::kFull;
  if (name.find("scene_graph_caption") != View::npos) return GraphFile::kCaption;
  return GraphFile::kOther;
}

GraphKind graph_kind_of(GraphFile file) {
  if (file == GraphFile::kFull) return GraphKind::kFull;
  return file == GraphFile::kPruned ? GraphKind::kPruned : GraphKind::kOpen;
}

std::vector<GraphPath> graph_files(const std::string& folder) {
  std::vector<fs::path> files = json_files(folder);
  if (files.empty()) {
    std::error_code ignored;
    for (const View name : kFrameFolders) {
      const fs::path inner = fs::path(folder) / name;
      if (fs::is_directory(inner, ignored))
        std::ranges::move(json_files(inner), std::back_inserter(files));
    }
  }
  if (files.empty()) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_directory() && entry.path().filename() == "Captions") {
        folders.push_back(entry.path());
      }
    }
    std::ranges::sort(folders);
    for (const fs::path& one : folders)
      std::ranges::move(json_files(one), std::back_inserter(files));
  }
  if (files.empty()) {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: holds no .json files", printable(folder, 4096)));
  }
  std::vector<GraphPath> out;
  out.reserve(files.size());
  for (const fs::path& path : files) out.push_back({path, view_of(path, folder)});
  return out;
}

bool says_more(GraphKind a, GraphKind b) {
  const auto rank = [](GraphKind kind) {
    return kind == GraphKind::kFull ? 2 : kind == GraphKind::kOpen ? 1 : 0;
  };
  return rank(a) > rank(b);
}

void merge(ImageScene& scene, ImageScene&& other) {
  if (other.has_graph() && (!scene.has_graph() || says_more(other.kind, scene.kind))) {
    scene.objects = std::move(other.objects);
    scene.relations = std::move(other.relations);
    scene.kind = other.kind;
    scene.line = other.line;
  }
  std::ranges::move(other.texts, std::back_inserter(scene.texts));
  scene.null_texts += other.null_texts;
}

}  // namespace vernier

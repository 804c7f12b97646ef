#include "judges/chat/truth/scene_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "base/hash.h"
#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/scenes/input/drawn_scene_file.h"

namespace vernier::chat {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, std::string_view what) {
  throw Error(ExitCode::kResource,
              fmt::format("the truth as a model: {}: {}", printable(path.string(), 4096), what));
}

std::string read(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    refuse(path, "no such file (`vernier synth` writes scenes.jsonl and images/)");
  }
  return ByteSource::open(path.string())->read_rest();
}

/// In the order of their names, so that the digest is that of the set.
std::vector<fs::path> pictures_below(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    refuse(folder, "no such folder (`vernier synth --write images,scenes` writes it)");
  }
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".png") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

SceneIndex::SceneIndex(const std::string& folder) {
  const fs::path root(folder), file = root / "scenes.jsonl", images = root / "images";
  const std::string text = read(file);
  scenes_ = scenes::parse_drawn_scenes(text, printable(file.string(), 4096));
  digest_ = hash_bytes(text);
  std::unordered_map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < scenes_.size(); ++i) by_id.emplace(scenes_[i].id, i);
  for (const fs::path& path : pictures_below(images)) {
    const auto scene = by_id.find(path.stem().string());
    if (scene == by_id.end()) continue;
    const std::string bytes = read(path);
    const std::uint64_t hash = hash_bytes(bytes);
    by_hash_.emplace(hash, Known{bytes.size(), scene->second});
    digest_ = hash_more(hash_more(digest_, hash_bytes(scene->first)), hash);
  }
  if (by_hash_.empty()) refuse(images, "holds no picture of a scene of scenes.jsonl");
}

const scenes::DrawnScene* SceneIndex::find(std::string_view bytes) const {
  const auto known = by_hash_.find(hash_bytes(bytes));
  if (known == by_hash_.end() || known->second.bytes != bytes.size()) return nullptr;
  return &scenes_[known->second.scene];
}

}  // namespace vernier::chat

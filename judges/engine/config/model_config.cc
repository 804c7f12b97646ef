#include "judges/engine/config/model_config.h"

#include <algorithm>
#include <filesystem>

#include "judges/engine/container/tensor_store.h"
#include "judges/engine/families/profile.h"

namespace vernier::engine {

std::uint32_t ModelConfig::layers_run() const { return std::ranges::max(feature_layers); }

std::uint32_t ModelConfig::feature_width() const {
  const std::size_t parts = feature_layers.size() * std::max<std::size_t>(1, tiling.scales.size());
  return vision.width * static_cast<std::uint32_t>(parts);
}

ModelConfig read_model_config(const ConfigFiles& files) {
  const FamilyProfile& profile = profile_for(files);
  ModelConfig config;
  config.family = profile.family;
  profile.read(files, config);
  return config;
}

ModelConfig load_model_config(const std::string& folder) {
  const std::filesystem::path path(folder);
  TensorStore::check_parts(folder);
  ConfigFiles files{ConfigFile::open(path / "config.json")};
  files.generation = ConfigFile::open_if_there(path / "generation_config.json");
  files.llm = ConfigFile::open_if_there(path / "llm" / "config.json");
  files.vision_tower = ConfigFile::open_if_there(path / "vision_tower" / "config.json");
  files.mm_projector = ConfigFile::open_if_there(path / "mm_projector" / "config.json");
  if (!files.generation) {
    files.generation = ConfigFile::open_if_there(path / "llm" / "generation_config.json");
  }
  return read_model_config(files);
}

}  // namespace vernier::engine

#include "judges/engine/config/clip_config.h"

#include <filesystem>
#include <string_view>

#include "judges/engine/config/json/config_object.h"
#include "judges/engine/config/limits.h"

namespace vernier::engine {

ClipConfig read_clip_config(const ConfigFile& file) {
  const ConfigObject top(file);
  if (top.text("model_type").value_or("") != "clip") {
    top.refuse("model_type", "clip: a CLIP checkpoint with both of its towers");
  }
  const auto part = [&](std::string_view older, std::string_view newer) {
    return top.object(top.has(older) ? older : newer);
  };
  ClipConfig config;
  const ConfigObject vision = part("vision_config_dict", "vision_config");
  if (vision.text("model_type").value_or("clip_vision_model") != "clip_vision_model") {
    vision.refuse("model_type", "clip_vision_model");
  }
  config.vision = read_vision_config(vision, kClipTower);
  config.text = read_clip_text_config(part("text_config_dict", "text_config"));
  config.width = top.whole("projection_dim", 512, limits::kWidth);
  return config;
}

ClipConfig load_clip_config(const std::string& folder) {
  return read_clip_config(ConfigFile::open(std::filesystem::path(folder) / "config.json"));
}

}  // namespace vernier::engine

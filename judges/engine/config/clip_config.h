// CLIP (Radford et al. 2021, arXiv 2103.00020) as its config.json describes it: two towers whose
// outputs are projected into one space.
#pragma once

#include <cstdint>
#include <string>

#include "judges/engine/config/json/config_file.h"
#include "judges/engine/config/parts/clip_text_config.h"
#include "judges/engine/config/parts/vision_config.h"

namespace vernier::engine {

struct ClipConfig {
  VisionConfig vision;
  ClipTextConfig text;
  std::uint32_t width = 0;  ///< of the space that both towers are projected into
};

/// Reads config.json of model_type "clip". Absent keys have the default of their class in
/// transformers 5.24; `text_config_dict` and `vision_config_dict`, of older files, take the place
/// of `text_config` and `vision_config`, as there. Throws Error(kResource) with file, key, value
/// and what is accepted.
ClipConfig read_clip_config(const ConfigFile& file);

/// Reads it from a folder.
ClipConfig load_clip_config(const std::string& folder);

}  // namespace vernier::engine

// Parts of VILA's configs.
#pragma once

#include <cstdint>

#include "judges/engine/config/images/tiling_config.h"
#include "judges/engine/config/json/config_object.h"
#include "judges/engine/config/parts/projector_config.h"
#include "judges/engine/config/parts/vision_config.h"

namespace vernier::engine {

/// `image_aspect_ratio` of config.json and what belongs to it: `min_tiles`, `max_tiles`,
/// `dynamic_s2`, `s2_scales`, `s2_resize_output_to_scale_idx`. Absent ones have the defaults of
/// VILA's own code (LlavaConfig). Throws Error(kResource) for other ways to cut pictures, and for
/// scales that are not multiples of the tower's image.
TilingConfig read_vila_tiling(const ConfigObject& top, const VisionConfig& tower);

/// `mm_projector_type` of mm_projector/config.json: features of `width` numbers become tokens of
/// `text_width`. Throws Error(kResource) for other types.
ProjectorConfig read_vila_projector(const ConfigObject& projector, std::uint32_t width,
                                    std::uint32_t text_width);

}  // namespace vernier::engine

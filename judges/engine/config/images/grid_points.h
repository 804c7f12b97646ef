// The resolutions that LLaVA-NeXT may give an image.
#pragma once

#include <cstdint>
#include <vector>

#include "judges/engine/config/json/config_object.h"

namespace vernier::engine {

/// Pixels.
struct GridPoint {
  std::uint32_t height = 0, width = 0;
};

/// Reads `image_grid_pinpoints`, pairs of height and width, in the file's order; where it is
/// absent those of LLaVA 1.6. Throws Error(kResource) for an empty list.
std::vector<GridPoint> read_grid_points(const ConfigObject& object);

}  // namespace vernier::engine

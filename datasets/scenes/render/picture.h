// Pictures of drawn scenes.
#pragma once

#include <cstdint>
#include <vector>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::scenes {

struct Picture {
  unsigned side = 0;                    ///< pixels
  std::vector<std::uint8_t> pixels;     ///< side x side x 3, red green blue
  std::vector<std::uint8_t> instances;  ///< side x side: 0 or 1 + the object's number
};

/// Draws with nine samples a pixel. A pixel belongs to an object that covers more than half of it.
/// Plain arithmetic on doubles throughout: the same bytes on every machine.
Picture render(const DrawnScene& scene, unsigned side);

}  // namespace vernier::scenes

// Draws scenes by chance.
#pragma once

#include <cstdint>
#include <string>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::scenes {

/// What scenes may hold.
struct World {
  std::string name = "full";
  unsigned side = 96;  ///< pixels that the world is meant for; margins and sizes are shares of it
  unsigned least_objects = 1, most_objects = 6;
  unsigned shapes = 6;     ///< the first so many of Shape
  double signs = 0.12;     ///< share of scenes with a sign
  double stacks = 0.2;     ///< share of scenes of two objects and more in which one carries one
  double copies = 0.3;     ///< share of objects that take shape or colour of another
  double gradients = 0.5;  ///< share of backgrounds that are no plain grey
};

/// 96 pixels, 1 to 6 objects, 6 shapes, signs, stacks.
World full_world();
/// 64 pixels, 1 to 4 objects, 4 shapes, signs, no stacks: what a small model learns on a CPU.
World small_world();

/// Two centres farther apart than this along an axis are left of, above, ... one another; nearer
/// ones are never asked about. (8 pixels of 96.)
inline constexpr double kRelationMargin = 8.0 / 96;

/// Scene `number` of a seed: always the same, whatever was drawn before. Boxes of objects do not
/// touch, but for those that stand on one another.
DrawnScene draw_scene(const World& world, std::uint64_t seed, std::uint64_t number);

}  // namespace vernier::scenes

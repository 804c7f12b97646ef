// Pictures of scenes that the default model has not seen.
#pragma once

#include <cstdint>
#include <memory>

#include "datasets/scenes/output/png.h"
#include "datasets/scenes/render/picture.h"
#include "datasets/scenes/world/world.h"
#include "judges/chat/chat_model.h"

namespace vernier::tests {

/// Scene `number` of seed 900001 of the small world, as a PNG file.
inline std::shared_ptr<const chat::Picture> drawn_picture(std::uint64_t number) {
  const scenes::World world = scenes::small_world();
  const scenes::Picture drawn =
      scenes::render(scenes::draw_scene(world, 900001, number), world.side);
  auto picture = std::make_shared<chat::Picture>();
  picture->name = "scene";
  picture->bytes = scenes::encode_png(drawn.pixels, drawn.side);
  return picture;
}

}  // namespace vernier::tests

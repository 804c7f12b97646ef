// Signs: a board with a word in plain strokes.
#pragma once

#include <string_view>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::scenes {

/// What a place of a sign shows. Signs lie around (0, 0); a unit is the height of a letter.
enum class Ink : std::uint8_t { kNone, kBoard, kLetter };

/// Words of capital letters; other characters leave a gap.
Ink sign_ink(std::string_view text, double x, double y);

/// The board's box.
Box board_box(std::string_view text);

}  // namespace vernier::scenes

// The scene that a visual context describes.
#pragma once

#include <optional>
#include <string_view>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::scenes {

/// The way back from visual_context() (questions/conversation.h): the objects with their features
/// and the relations that are listed, in both directions. Objects lie in a row in the order of the
/// list; nothing else is known of places. None for a text that is no such list, or has words in it
/// that are not of the vocabulary.
std::optional<DrawnScene> read_context(std::string_view text);

}  // namespace vernier::scenes

// Reads drawn scenes back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::scenes {

/// The scenes of a scenes.jsonl as `vernier synth` writes it (output/scene_json.h): all that is
/// said about them is as it was. Places come as they are written, to a hundredth of a pixel. Not
/// written, and so not read: the direction of a background, the paint of stripes and of letters.
/// Throws Error(kUsage) for a path that cannot be opened and Error(kBadInput), FILE:LINE:, for
/// anything else than drawn scenes: other scene graphs, words that are not of the vocabulary, an
/// image that is there twice.
std::vector<DrawnScene> read_drawn_scenes(const std::string& path);

/// The same of bytes that were read already; `name` is for messages.
std::vector<DrawnScene> parse_drawn_scenes(std::string_view bytes, const std::string& name);

}  // namespace vernier::scenes

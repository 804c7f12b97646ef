// Captions in the order in which a judge takes them.
#pragma once

#include <cstddef>
#include <vector>

#include "runners/probe/captions/caption_file.h"

namespace vernier {

/// Captions of one image follow each other, images by their first caption: what the model saw of it
/// is still there.
std::vector<std::size_t> by_image(const CaptionFile& file);

}  // namespace vernier

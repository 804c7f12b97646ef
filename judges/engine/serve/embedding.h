// Tokens as rows: of the embedding's table, and of images in their places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "judges/engine/backend/backend.h"
#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

/// Ids that a table of `known` rows has: that of an image may be beyond it, and its row is
/// replaced.
std::vector<std::uint32_t> table_ids(std::span<const std::uint32_t> ids, std::size_t known);

/// Puts an image's features into those of rows x that stand for its tokens; row 0 is the prompt's
/// token `first`. `features` is called only where there are some: [input.tokens, C].
void place_image(Backend& backend, const PromptImage& image, std::size_t first,
                 const std::function<Rows(const VisionInput&)>& features, Rows x);

}  // namespace vernier::engine

// What a model is asked: tokens, some of which stand for images.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "judges/engine/serve/cache/prefix_tree.h"

namespace vernier::engine {

/// A prepared image: what the vision tower reads, and which of its features become tokens.
struct VisionInput {
  /// In `sources`: the embedding that ends a row of an image.
  static constexpr std::uint32_t kNewline = 0xffffffff;

  std::vector<float> pixels;  ///< [tiles, 3, H, W], normalised
  std::size_t tiles = 0;
  std::size_t rows = 0, columns = 0;   ///< of tiles, where they are a grid (Idefics3, dynamic-S2)
  std::vector<std::uint32_t> sources;  ///< projected feature of each token; empty: all, in order
  std::size_t tokens = 0;              ///< of the language model
  std::size_t parts = 1;               ///< equal ones that the tokens come in, apart in the prompt
  bool lines = false;                  ///< the prompt ends a line behind each part
  std::uint64_t hash = 0;              ///< of pixels and sources
};

struct PromptImage {
  std::vector<std::uint32_t> places;  ///< of its tokens among the prompt's, ascending
  std::shared_ptr<const VisionInput> input;
};

struct Prompt {
  std::vector<std::uint32_t> ids;
  std::vector<PromptImage> images;

  /// Symbols of all tokens.
  std::vector<Symbol> symbols() const;
};

}  // namespace vernier::engine

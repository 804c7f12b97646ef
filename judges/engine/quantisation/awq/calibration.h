// What a language model reads while its weights are quantised: sequences as embeddings.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "judges/engine/model/model.h"

namespace vernier::engine {

struct Calibration {
  std::unique_ptr<Memory> memory;
  std::size_t width = 0;
  std::vector<std::size_t> lengths;  ///< rows of each sequence, one after the other

  std::size_t count() const;
  Rows rows() const { return {memory->data(), count(), width}; }
};

/// Embeds prompts as the engine does, images in their places, until `most` rows are there (0: all);
/// the last sequence is cut. Throws Error(kUsage) when there are no prompts.
Calibration embed_prompts(Model& model, std::span<const Prompt> prompts, std::size_t most);

}  // namespace vernier::engine

// CLIP's tower for texts as a config.json describes it.
#pragma once

#include <cstdint>

#include "judges/engine/backend/backend.h"
#include "judges/engine/config/json/config_object.h"

namespace vernier::engine {

struct ClipTextConfig {
  std::uint32_t width = 0;  ///< channels of a token
  std::uint32_t mlp = 0;    ///< channels inside a layer's MLP
  std::uint32_t layers = 0;
  std::uint32_t heads = 0;       ///< divides the width
  std::uint32_t vocabulary = 0;  ///< rows of the embedding
  std::uint32_t positions = 0;   ///< tokens of a text at most
  Activation activation = Activation::kQuickGelu;
  double eps = 0;               ///< of the layer norms
  std::uint32_t end_token = 0;  ///< a text's features are those of its first one

  /// Files from before transformers 4.31 hold a wrong end token, 2. Of their texts the token with
  /// the largest number, the first of equal ones, has the features, as in transformers.
  bool largest_token_ends() const { return end_token == 2; }
};

/// Reads `text_config`. Keys that are absent have the default of CLIPTextConfig (transformers
/// 5.24). Throws Error(kResource) for numbers that do not fit together.
ClipTextConfig read_clip_text_config(const ConfigObject& text);

}  // namespace vernier::engine

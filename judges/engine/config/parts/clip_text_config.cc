#include "judges/engine/config/parts/clip_text_config.h"

#include <fmt/format.h>

#include "judges/engine/config/limits.h"
#include "judges/engine/config/parts/vision_config.h"

namespace vernier::engine {

ClipTextConfig read_clip_text_config(const ConfigObject& text) {
  if (text.text("model_type").value_or("clip_text_model") != "clip_text_model") {
    text.refuse("model_type", "clip_text_model");
  }
  ClipTextConfig config;
  config.width = text.whole("hidden_size", 512, limits::kWidth);
  config.mlp = text.whole("intermediate_size", 2048, limits::kMlp);
  config.layers = text.whole("num_hidden_layers", 12, limits::kLayers);
  config.heads = text.whole("num_attention_heads", 8, limits::kHeads);
  config.vocabulary = text.whole("vocab_size", 49408, limits::kVocabulary);
  config.positions = text.whole("max_position_embeddings", 77, limits::kPositions);
  config.activation = read_activation(text, "hidden_act", Activation::kQuickGelu);
  config.eps = text.positive("layer_norm_eps", 1e-5);
  config.end_token = text.whole("eos_token_id", 49407, limits::kToken);
  if (config.width % config.heads != 0) {
    text.refuse("num_attention_heads", fmt::format("a divisor of hidden_size {}", config.width));
  }
  return config;
}

}  // namespace vernier::engine

#include "judges/engine/config/parts/text_config.h"

#include <fmt/format.h>

#include <string>

#include "judges/engine/config/limits.h"
#include "judges/engine/config/parts/rope_config.h"

namespace vernier::engine {
namespace {

TextConfig defaults(const ConfigObject& text, double eps_of_none) {
  TextConfig llama{.width = 4096,
                   .mlp = 11008,
                   .layers = 32,
                   .heads = 32,
                   .kv_heads = 32,
                   .vocabulary = 32000,
                   .positions = 2048,
                   .eps = 1e-6};
  if (!text.present()) {
    llama.eps = eps_of_none;
    return llama;
  }
  const std::string type = text.text("model_type").value_or("llama");
  if (type == "llama") return llama;
  if (type != "qwen2") text.refuse("model_type", "llama or qwen2");
  return {.kind = TextKind::kQwen2,
          .width = 4096,
          .mlp = 22016,
          .layers = 32,
          .heads = 32,
          .kv_heads = 32,
          .vocabulary = 151936,
          .positions = 32768,
          .eps = 1e-6,
          .qkv_bias = true};
}

/// Llama's follow the number of heads, Qwen2's do not; an explicit null means all heads for both.
std::uint32_t kv_heads(const ConfigObject& text, const TextConfig& config) {
  constexpr const char* kKey = "num_key_value_heads";
  const bool follow = config.kind == TextKind::kLlama || text.is_null(kKey);
  return text.whole(kKey, follow ? config.heads : config.kv_heads, limits::kHeads);
}

void read_sizes(const ConfigObject& text, TextConfig& config) {
  config.width = text.whole("hidden_size", config.width, limits::kWidth);
  config.mlp = text.whole("intermediate_size", config.mlp, limits::kMlp);
  config.layers = text.whole("num_hidden_layers", config.layers, limits::kLayers);
  config.heads = text.whole("num_attention_heads", config.heads, limits::kHeads);
  config.kv_heads = kv_heads(text, config);
  config.vocabulary = text.whole("vocab_size", config.vocabulary, limits::kVocabulary);
  config.positions = text.whole("max_position_embeddings", config.positions, limits::kPositions);
  if (config.width % config.heads != 0) {
    text.refuse("num_attention_heads", fmt::format("a divisor of hidden_size {}", config.width));
  }
  if (config.heads % config.kv_heads != 0) {
    text.refuse("num_key_value_heads",
                fmt::format("a divisor of num_attention_heads {}", config.heads));
  }
  config.head_size = text.whole("head_dim", config.width / config.heads, limits::kWidth);
  if (config.head_size % 2 != 0) {
    text.refuse("head_dim", fmt::format("an even number (it is {}): rotary positions turn pairs",
                                        config.head_size));
  }
}

}  // namespace

TextConfig read_text_config(const ConfigObject& text, double eps_of_none) {
  TextConfig config = defaults(text, eps_of_none);
  read_sizes(text, config);
  config.eps = text.positive("rms_norm_eps", config.eps);
  config.rope = read_rope_config(text, config.positions);
  if (config.kind == TextKind::kLlama) {
    config.qkv_bias = config.output_bias = text.flag("attention_bias", false);
    config.mlp_bias = text.flag("mlp_bias", false);
  }
  config.tied = text.flag("tie_word_embeddings", false);
  if (text.text("hidden_act").value_or("silu") != "silu") text.refuse("hidden_act", "silu");
  if (text.flag("use_sliding_window", false)) {
    text.refuse("use_sliding_window", "false: attention to all tokens");
  }
  return config;
}

}  // namespace vernier::engine

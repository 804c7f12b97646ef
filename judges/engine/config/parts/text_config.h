// The language model that a config.json describes.
#pragma once

#include <cstdint>

#include "judges/engine/config/json/config_object.h"

namespace vernier::engine {

enum class TextKind : std::uint8_t { kLlama, kQwen2 };

enum class RopeKind : std::uint8_t { kDefault, kLinear, kLlama3 };

/// Rotary positions (vlm-engine specification, "Language model block").
struct RopeConfig {
  RopeKind kind = RopeKind::kDefault;
  double theta = 10000;
  double factor = 1;                     ///< linear and llama3
  double low_frequency_factor = 1;       ///< llama3
  double high_frequency_factor = 4;      ///< llama3; above the low one
  std::uint32_t original_positions = 0;  ///< llama3: longest context before it was stretched
};

struct TextConfig {
  TextKind kind = TextKind::kLlama;
  std::uint32_t width = 0;  ///< channels of a token
  std::uint32_t mlp = 0;    ///< channels inside a layer's MLP, which is SwiGLU
  std::uint32_t layers = 0;
  std::uint32_t heads = 0;       ///< of queries
  std::uint32_t kv_heads = 0;    ///< of keys and values; divides the heads
  std::uint32_t head_size = 0;   ///< even; heads * head_size may differ from the width
  std::uint32_t vocabulary = 0;  ///< rows of the embedding
  std::uint32_t positions = 0;   ///< longest context it was made for
  double eps = 0;                ///< of the RMS norms
  RopeConfig rope{};
  bool qkv_bias = false;
  bool output_bias = false;  ///< of the attention
  bool mlp_bias = false;
  bool tied = false;  ///< the head is the embedding
};

/// Reads `text_config`, as read_vision_config does. Both spellings of rotary positions are read:
/// `rope_theta` and `rope_scaling` (transformers 4), `rope_parameters` (5). `eps_of_none`: of a
/// config that has no language model at all, which is Llama then.
TextConfig read_text_config(const ConfigObject& text, double eps_of_none = 1e-6);

}  // namespace vernier::engine

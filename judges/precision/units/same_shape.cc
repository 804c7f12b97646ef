#include "judges/precision/units/same_shape.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace vernier::logits {
namespace {

using engine::ModelConfig;

/// What must be alike, under the names that people know from config.json.
std::vector<std::pair<std::string_view, double>> shape_of(const ModelConfig& c) {
  const engine::VisionConfig& v = c.vision;
  const engine::TextConfig& t = c.text;
  const auto number = [](auto value) { return static_cast<double>(value); };
  std::vector<std::pair<std::string_view, double>> out = {
      {"model_type", number(c.family)},
      {"vision_config.model_type", number(v.kind)},
      {"vision_config.hidden_size", v.width},
      {"vision_config.intermediate_size", v.mlp},
      {"vision_config.num_attention_heads", v.heads},
      {"vision_config.image_size", v.image},
      {"vision_config.patch_size", v.patch},
      {"vision_config.hidden_act", number(v.activation)},
      {"vision_config.layer_norm_eps", v.eps},
      {"vision_feature_select_strategy", number(c.drop_first_token)},
      {"projector_hidden_act", number(c.projector_activation)},
      {"multimodal_projector_bias", number(c.projector_bias)},
      {"scale_factor", c.merge},
      {"text_config.model_type", number(t.kind)},
      {"text_config.hidden_size", t.width},
      {"text_config.intermediate_size", t.mlp},
      {"text_config.num_hidden_layers", t.layers},
      {"text_config.num_attention_heads", t.heads},
      {"text_config.num_key_value_heads", t.kv_heads},
      {"text_config.head_dim", t.head_size},
      {"text_config.vocab_size", t.vocabulary},
      {"text_config.rms_norm_eps", t.eps},
      {"text_config.attention_bias", number(t.qkv_bias) + 2 * number(t.output_bias)},
      {"text_config.mlp_bias", number(t.mlp_bias)},
      {"the type of rotary positions", number(t.rope.kind)},
      {"rope_theta", t.rope.theta},
      {"the factor of rotary positions", t.rope.factor},
      {"low_freq_factor", t.rope.low_frequency_factor},
      {"high_freq_factor", t.rope.high_frequency_factor},
      {"original_max_position_embeddings", t.rope.original_positions},
      {"the number of vision_feature_layer", number(c.feature_layers.size())},
  };
  for (const std::uint32_t layer : c.feature_layers)
    out.emplace_back("vision_feature_layer", layer);
  return out;
}

}  // namespace

void check_same_shape(const ModelConfig& a, const ModelConfig& b) {
  // The number of layers whose features are taken comes before the layers: with it the lists are of
  // one length.
  const auto of_a = shape_of(a), of_b = shape_of(b);
  for (std::size_t i = 0; i < of_a.size(); ++i) {
    if (of_a[i].second == of_b[i].second) continue;
    throw Error(
        ExitCode::kIncomplete,
        fmt::format("weights of one model do not fit the other: {} is {} in A's config.json "
                    "and {} in B's",
                    of_a[i].first, of_a[i].second, of_b[i].second));
  }
}

}  // namespace vernier::logits

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
      {"the side of merged features", c.projector.merge},
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
      {"the number of layers whose features are taken", number(c.feature_layers.size())},
      {"the number of the projector's layers", number(c.projector.layers.size())},
      {"image_aspect_ratio", number(c.tiling.rule)},
      {"min_tiles", c.tiling.least_tiles},
      {"max_tiles", c.tiling.most_tiles},
      {"s2_resize_output_to_scale_idx", c.tiling.target},
      {"the number of s2_scales", number(c.tiling.scales.size())},
  };
  for (const std::uint32_t layer : c.feature_layers)
    out.emplace_back("vision_feature_layer", layer);
  for (const engine::ProjectorLayer& layer : c.projector.layers) {
    out.emplace_back("the kind of a layer of the projector", number(layer.kind));
    out.emplace_back("the width of a layer of the projector", layer.out);
    out.emplace_back("the bias of a layer of the projector", number(layer.bias));
    out.emplace_back("projector_hidden_act", number(layer.activation));
  }
  for (const std::uint32_t scale : c.tiling.scales) out.emplace_back("s2_scales", scale);
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

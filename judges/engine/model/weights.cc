#include "judges/engine/model/weights.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "judges/engine/model/weight_part.h"

namespace vernier::engine {

VitShape vit_shape(const VisionConfig& vision) {
  VitShape shape;
  shape.width = vision.width;
  shape.heads = vision.heads;
  shape.hidden = vision.mlp;
  shape.image = vision.image;
  shape.patch = vision.patch;
  shape.eps = static_cast<float>(vision.eps);
  shape.activation = vision.activation;
  return shape;
}

VitShape vit_shape(const ModelConfig& config) {
  VitShape shape = vit_shape(config.vision);
  shape.taken_after.assign(config.feature_layers.begin(), config.feature_layers.end());
  shape.drop_first_token = config.drop_first_token;
  return shape;
}

VitWeights vit_weights(std::uint32_t layers, bool last_norm, const ModelTensors& tensors,
                       Backend& backend) {
  const WeightPart tower(tensors, backend, "vit.");
  VitWeights out;
  out.patch = tower.matrix("embeddings.patch_embedding.weight");
  out.patch_bias = tower.vector("embeddings.patch_embedding.bias");
  out.class_token = tower.vector("embeddings.class_embedding");
  out.positions = tower.matrix("embeddings.position_embedding.weight");
  out.pre_norm_weight = tower.vector("pre_layrnorm.weight");
  out.pre_norm_bias = tower.vector("pre_layrnorm.bias");
  if (last_norm) {
    out.post_norm_weight = tower.vector("post_layernorm.weight");
    out.post_norm_bias = tower.vector("post_layernorm.bias");
  }
  for (std::uint32_t n = 0; n < layers; ++n) {
    out.layers.push_back(encoder_layer(tensors, backend, fmt::format("vit.encoder.layers.{}.", n)));
  }
  return out;
}

VitWeights vit_weights(const ModelConfig& config, const ModelTensors& tensors, Backend& backend) {
  return vit_weights(config.layers_run(), config.last_norm, tensors, backend);
}

Projector make_projector(const ModelConfig& config, const ModelTensors& tensors, Backend& backend) {
  using Kind = ProjectorStep::Kind;
  std::vector<ProjectorStep> steps;
  for (const ProjectorLayer& layer : config.projector.layers) {
    const WeightPart part(tensors, backend, fmt::format("proj.{}.", layer.name));
    ProjectorStep& step = steps.emplace_back();
    switch (layer.kind) {
      case ProjectorLayer::Kind::kLinear:
        step.matrix = part.matrix("weight");
        step.bias = part.vector("bias");
        break;
      case ProjectorLayer::Kind::kActivation:
        step.kind = Kind::kActivation;
        step.activation = layer.activation;
        break;
      case ProjectorLayer::Kind::kLayerNorm:
        step.kind = Kind::kLayerNorm;
        step.weight = part.vector("weight");
        step.bias = part.vector("bias");
        break;
    }
  }
  return {backend, config.vision.side(), config.projector.merge, std::move(steps)};
}

LanguageShape language_shape(const TextConfig& text) {
  LanguageShape shape;
  shape.width = text.width;
  shape.heads = text.heads;
  shape.kv_heads = text.kv_heads;
  shape.size = text.head_size;
  shape.hidden = text.mlp;
  shape.vocabulary = text.vocabulary;
  shape.layers = text.layers;
  shape.eps = static_cast<float>(text.eps);
  return shape;
}

LanguageWeights language_weights(const ModelConfig& config, const ModelTensors& tensors,
                                 Backend& backend) {
  const WeightPart model(tensors, backend, "llm.");
  LanguageWeights out;
  out.embedding = model.matrix("embed_tokens.weight");
  out.norm = model.vector("norm.weight");
  for (std::uint32_t n = 0; n < config.text.layers; ++n) {
    const WeightPart part(tensors, backend, fmt::format("llm.layers.{}.", n));
    LanguageLayer& layer = out.layers.emplace_back();
    layer.norm1 = part.vector("input_layernorm.weight");
    layer.norm2 = part.vector("post_attention_layernorm.weight");
    layer.q = part.matrix("self_attn.q_proj.weight");
    layer.k = part.matrix("self_attn.k_proj.weight");
    layer.v = part.matrix("self_attn.v_proj.weight");
    layer.o = part.matrix("self_attn.o_proj.weight");
    layer.q_bias = part.vector("self_attn.q_proj.bias");
    layer.k_bias = part.vector("self_attn.k_proj.bias");
    layer.v_bias = part.vector("self_attn.v_proj.bias");
    layer.o_bias = part.vector("self_attn.o_proj.bias");
    layer.gate = part.matrix("mlp.gate_proj.weight");
    layer.up = part.matrix("mlp.up_proj.weight");
    layer.down = part.matrix("mlp.down_proj.weight");
    layer.gate_bias = part.vector("mlp.gate_proj.bias");
    layer.up_bias = part.vector("mlp.up_proj.bias");
    layer.down_bias = part.vector("mlp.down_proj.bias");
  }
  constexpr const char* kHead = "lm_head.weight";
  const bool has_head = tensors.find(kHead) != nullptr || tensors.is_quantised(kHead);
  out.head = has_head ? WeightPart(tensors, backend, "").matrix(kHead) : out.embedding;
  return out;
}

Rope make_rope(const TextConfig& text) {
  std::vector<float> frequencies = default_frequencies(text.head_size, text.rope.theta);
  switch (text.rope.kind) {
    case RopeKind::kDefault:
      break;
    case RopeKind::kLinear:
      for (float& f : frequencies) f /= static_cast<float>(text.rope.factor);
      break;
    case RopeKind::kLlama3:
      scale_as_llama3(
          {text.rope.factor, text.rope.low_frequency_factor, text.rope.high_frequency_factor,
           static_cast<double>(text.rope.original_positions)},
          frequencies);
      break;
  }
  return Rope(std::move(frequencies));
}

}  // namespace vernier::engine

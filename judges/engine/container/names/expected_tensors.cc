#include "judges/engine/container/names/expected_tensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace vernier::engine {
namespace {

/// Collects tensors whose names begin alike.
class Part {
 public:
  Part(std::vector<ExpectedTensor>& tensors, std::string prefix, bool required = true)
      : tensors_(tensors), prefix_(std::move(prefix)), required_(required) {}

  void add(std::string_view name, Shape shape) {
    tensors_.push_back({fmt::format("{}{}", prefix_, name), std::move(shape), required_});
  }
  void linear(std::string_view name, std::uint64_t out, std::uint64_t in, bool bias) {
    add(fmt::format("{}.weight", name), {out, in});
    if (bias) add(fmt::format("{}.bias", name), {out});
  }
  void layer_norm(std::string_view name, std::uint64_t width) {
    add(fmt::format("{}.weight", name), {width});
    add(fmt::format("{}.bias", name), {width});
  }

 private:
  std::vector<ExpectedTensor>& tensors_;
  std::string prefix_;
  bool required_;
};

/// One of CLIP's or SigLIP's layers, of an image's or a text's tower.
void add_encoder_layer(Part layer, std::uint64_t width, std::uint64_t hidden) {
  layer.layer_norm("layer_norm1", width);
  layer.layer_norm("layer_norm2", width);
  for (const char* name : {"q_proj", "k_proj", "v_proj", "out_proj"}) {
    layer.linear(fmt::format("self_attn.{}", name), width, width, true);
  }
  layer.linear("mlp.fc1", hidden, width, true);
  layer.linear("mlp.fc2", width, hidden, true);
}

/// Of the layers the first `run` are required.
void add_vision(const VisionConfig& vision, std::uint32_t run, bool last_norm,
                std::vector<ExpectedTensor>& out) {
  const std::uint64_t width = vision.width;
  Part tower(out, "vit.");
  tower.add("embeddings.patch_embedding.weight", {width, 3, vision.patch, vision.patch});
  tower.add("embeddings.position_embedding.weight", {vision.tokens(), width});
  if (vision.kind == VisionKind::kClip) {
    tower.add("embeddings.class_embedding", {width});
    tower.layer_norm("pre_layrnorm", width);  // spelled so
  } else {
    tower.add("embeddings.patch_embedding.bias", {width});
  }
  for (std::uint32_t n = 0; n < vision.layers; ++n) {
    add_encoder_layer(Part(out, fmt::format("vit.encoder.layers.{}.", n), n < run), width,
                      vision.mlp);
  }
  Part(out, "vit.", last_norm).layer_norm("post_layernorm", width);
}

void add_text_tower(const ClipTextConfig& text, std::vector<ExpectedTensor>& out) {
  const std::uint64_t width = text.width;
  Part tower(out, "text.");
  tower.add("embeddings.token_embedding.weight", {text.vocabulary, width});
  tower.add("embeddings.position_embedding.weight", {text.positions, width});
  for (std::uint32_t n = 0; n < text.layers; ++n) {
    add_encoder_layer(Part(out, fmt::format("text.encoder.layers.{}.", n)), width, text.mlp);
  }
  tower.layer_norm("final_layer_norm", width);
}

void add_projector(const ModelConfig& config, std::vector<ExpectedTensor>& out) {
  Part part(out, "proj.");
  for (const ProjectorLayer& layer : config.projector.layers) {
    if (layer.kind == ProjectorLayer::Kind::kLinear) {
      part.linear(layer.name, layer.out, layer.in, layer.bias);
    } else if (layer.kind == ProjectorLayer::Kind::kLayerNorm) {
      part.layer_norm(layer.name, layer.out);
    }
  }
  if (config.row_newline) Part(out, "").add("image_newline", {config.text.width});
}

void add_text(const ModelConfig& config, std::vector<ExpectedTensor>& out) {
  const TextConfig& text = config.text;
  const std::uint64_t width = text.width;
  const std::uint64_t queries = std::uint64_t{text.heads} * text.head_size;
  const std::uint64_t keys = std::uint64_t{text.kv_heads} * text.head_size;
  Part model(out, "llm.");
  model.add("embed_tokens.weight", {text.vocabulary, width});
  model.add("norm.weight", {width});
  for (std::uint32_t n = 0; n < text.layers; ++n) {
    Part layer(out, fmt::format("llm.layers.{}.", n));
    layer.add("input_layernorm.weight", {width});
    layer.add("post_attention_layernorm.weight", {width});
    layer.linear("self_attn.q_proj", queries, width, text.qkv_bias);
    layer.linear("self_attn.k_proj", keys, width, text.qkv_bias);
    layer.linear("self_attn.v_proj", keys, width, text.qkv_bias);
    layer.linear("self_attn.o_proj", width, queries, text.output_bias);
    layer.linear("mlp.gate_proj", text.mlp, width, text.mlp_bias);
    layer.linear("mlp.up_proj", text.mlp, width, text.mlp_bias);
    layer.linear("mlp.down_proj", width, text.mlp, text.mlp_bias);
  }
  Part(out, "", !config.tied).add("lm_head.weight", {text.vocabulary, width});
}

}  // namespace

std::vector<ExpectedTensor> expected_tensors(const ModelConfig& config) {
  std::vector<ExpectedTensor> tensors;
  add_vision(config.vision, config.layers_run(), config.last_norm, tensors);
  add_projector(config, tensors);
  add_text(config, tensors);
  std::ranges::sort(tensors, {}, &ExpectedTensor::name);
  return tensors;
}

std::vector<ExpectedTensor> expected_tensors(const ClipConfig& config) {
  std::vector<ExpectedTensor> tensors;
  add_vision(config.vision, config.vision.layers, true, tensors);
  add_text_tower(config.text, tensors);
  Part both(tensors, "");
  both.add("visual_projection.weight", {config.width, config.vision.width});
  both.add("text_projection.weight", {config.width, config.text.width});
  Part(tensors, "", false).add("logit_scale", {});
  std::ranges::sort(tensors, {}, &ExpectedTensor::name);
  return tensors;
}

}  // namespace vernier::engine

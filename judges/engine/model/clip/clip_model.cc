#include "judges/engine/model/clip/clip_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.h"
#include "judges/engine/model/weight_part.h"
#include "judges/engine/model/weights.h"

namespace vernier::engine {
namespace {

VitShape image_shape(const ClipConfig& config) {
  VitShape shape = vit_shape(config.vision);
  shape.taken_after = {config.vision.layers};
  return shape;
}

EncoderShape text_shape(const ClipTextConfig& text) {
  EncoderShape shape;
  shape.width = text.width;
  shape.heads = text.heads;
  shape.hidden = text.mlp;
  shape.eps = static_cast<float>(text.eps);
  shape.activation = text.activation;
  return shape;
}

TextTowerWeights text_weights(const ClipTextConfig& text, const ModelTensors& tensors,
                              Backend& backend) {
  const WeightPart tower(tensors, backend, "text.");
  TextTowerWeights out;
  out.tokens = tower.matrix("embeddings.token_embedding.weight");
  out.positions = tower.matrix("embeddings.position_embedding.weight");
  for (std::uint32_t n = 0; n < text.layers; ++n) {
    out.layers.push_back(
        encoder_layer(tensors, backend, fmt::format("text.encoder.layers.{}.", n)));
  }
  out.norm_weight = tower.vector("final_layer_norm.weight");
  out.norm_bias = tower.vector("final_layer_norm.bias");
  return out;
}

/// A text up to the token whose state stands for all of it.
std::span<const std::uint32_t> up_to_end(const ClipTextConfig& config,
                                         std::span<const std::uint32_t> text) {
  const auto end = config.largest_token_ends() ? std::ranges::max_element(text)
                                               : std::ranges::find(text, config.end_token);
  if (end == text.end()) throw Error(ExitCode::kInternal, "CLIP: a text without its end");
  return text.first(static_cast<std::size_t>(end - text.begin()) + 1);
}

}  // namespace

ClipModel::ClipModel(const ClipConfig& config, TensorStore store, Backend& backend,
                     UnknownTensors unknown)
    : config_(config),
      store_(std::move(store)),
      tensors_(store_, Family::kClip, expected_tensors(config_), unknown),
      backend_(backend),
      vit_(backend, image_shape(config_),
           vit_weights(config_.vision.layers, true, tensors_, backend)),
      text_(backend, text_shape(config_.text), text_weights(config_.text, tensors_, backend)) {
  const WeightPart both(tensors_, backend, "");
  visual_projection_ = both.matrix("visual_projection.weight");
  text_projection_ = both.matrix("text_projection.weight");
}

void ClipModel::project(Rows pooled, const Matrix& projection, std::span<float> out) {
  const auto memory = backend_.allocate(pooled.count * width());
  const Rows projected{memory->data(), pooled.count, width()};
  backend_.linear(pooled, projection, {}, projected);
  backend_.to_host(projected.data, out);
}

void ClipModel::embed_images(std::span<const float> pixels, std::span<float> out) {
  const std::size_t images = pixels.size() / vit_.pixels(), tokens = vit_.tokens();
  if (pixels.size() != images * vit_.pixels() || out.size() != images * width()) {
    throw Error(ExitCode::kInternal, "CLIP: pixels or vectors of another size");
  }
  const auto memory = backend_.allocate(images * (tokens + 1) * vit_.features());
  const Rows features{memory->data(), images * tokens, vit_.features()};
  const Rows pooled{memory->data() + features.size(), images, vit_.features()};
  vit_.run(pixels, features);
  std::vector<std::uint32_t> from, to;
  for (std::size_t i = 0; i < images; ++i) {
    from.push_back(static_cast<std::uint32_t>(i * tokens));
    to.push_back(static_cast<std::uint32_t>(i));
  }
  backend_.scatter(features, from, to, pooled);
  project(pooled, visual_projection_, out);
}

void ClipModel::embed_texts(std::span<const std::span<const std::uint32_t>> texts,
                            std::span<float> out) {
  if (out.size() != texts.size() * width()) {
    throw Error(ExitCode::kInternal, "CLIP: vectors of another size");
  }
  std::vector<std::span<const std::uint32_t>> ended;
  for (const auto& text : texts) ended.push_back(up_to_end(config_.text, text));
  const auto memory = backend_.allocate(texts.size() * text_.width());
  const Rows pooled{memory->data(), texts.size(), text_.width()};
  text_.run(ended, pooled);
  project(pooled, text_projection_, out);
}

}  // namespace vernier::engine

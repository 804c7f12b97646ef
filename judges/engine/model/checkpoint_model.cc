#include "judges/engine/model/checkpoint_model.h"

#include <utility>
#include <vector>

namespace vernier::engine {

CheckpointModel::CheckpointModel(const ModelConfig& config, TensorStore store, Backend& backend,
                                 UnknownTensors unknown)
    : config_(config),
      store_(std::move(store)),
      tensors_(store_, config_, unknown),
      backend_(backend),
      vit_(backend, vit_shape(config_), vit_weights(config_, tensors_, backend)),
      projector_(make_projector(config_, tensors_, backend)),
      language_(backend, language_shape(config_.text), language_weights(config_, tensors_, backend),
                make_rope(config_.text)) {
  if (config_.family == Family::kLlavaNext) newline_ = backend.vector(tensors_.at("image_newline"));
}

ModelWeights CheckpointModel::weights() const {
  return {vit_.weights(), projector_.steps(), newline_, language_.weights()};
}

void CheckpointModel::use(ModelWeights weights) {
  vit_.use(std::move(weights.tower));
  projector_.use(std::move(weights.projector));
  newline_ = weights.newline;
  language_.use(std::move(weights.language));
}

void CheckpointModel::look(const VisionInput& input, Rows out) {
  if (looks_ == nullptr) return look_anew(input, out);
  if (looks_->find(input.hash, out, backend_)) return;
  look_anew(input, out);
  looks_->keep(input.hash, out, backend_);
}

void CheckpointModel::look_anew(const VisionInput& input, Rows out) {
  const std::size_t features = input.tiles * vit_.tokens();
  const std::size_t tokens = features / (config_.merge * config_.merge);
  const std::size_t width = config_.text.width;
  const std::size_t size = features * vit_.features();
  const auto memory = backend_.allocate(size + (tokens + 1) * width);
  const Rows seen{memory->data(), features, vit_.features()};
  vit_.run(input.pixels, seen);
  if (input.sources.empty()) {
    projector_.run(seen, out);
    return;
  }
  // The newline stands behind all features.
  const Rows projected{memory->data() + size, tokens + 1, width};
  projector_.run(seen, projected.from(0, tokens));
  backend_.copy(newline_.data, projected.from(tokens, 1).data, width);
  std::vector<std::uint32_t> from = input.sources, to(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] == VisionInput::kNewline) from[i] = static_cast<std::uint32_t>(tokens);
    to[i] = static_cast<std::uint32_t>(i);
  }
  backend_.scatter(projected, from, to, out);
}

}  // namespace vernier::engine

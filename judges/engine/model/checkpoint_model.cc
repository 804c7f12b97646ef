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
  if (config_.row_newline) newline_ = backend.vector(tensors_.at("image_newline"));
  const TilingConfig& tiling = config_.tiling;
  if (!tiling.scales.empty()) {
    scales_.emplace(backend, config_.vision.side(),
                    std::vector<std::size_t>(tiling.scales.begin(), tiling.scales.end()),
                    tiling.target);
  }
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
  const Rows seen{nullptr, input.tiles * vit_.tokens(), vit_.features()};
  const TileGrid last{input.rows, input.columns};
  const bool several_scales = scales_ && last.tiles() > 0;
  Rows features = seen;
  if (scales_) features.width *= scales_->scales();
  if (several_scales) features.count = scales_->target(last).tiles() * vit_.tokens();
  const std::size_t tokens = projector_.tokens(features.count), width = config_.text.width;
  const std::size_t merged = scales_ ? features.size() : 0;
  const auto memory = backend_.allocate(seen.size() + merged + (tokens + 1) * width);
  const Rows from_tower{memory->data(), seen.count, seen.width};
  vit_.run(input.pixels, from_tower);
  features.data = scales_ ? from_tower.data + seen.size() : from_tower.data;
  if (several_scales) {
    scales_->run(from_tower, last, features);
  } else if (scales_) {
    scales_->repeat(from_tower, features);
  }
  if (input.sources.empty()) return projector_.run(features, out);
  const Rows projected{memory->data() + seen.size() + merged, tokens + 1, width};
  projector_.run(features, projected.from(0, tokens));
  pick(input.sources, projected, out);
}

void CheckpointModel::pick(std::vector<std::uint32_t> from, Rows projected, Rows out) {
  // The newline stands behind all features.
  const auto newline = static_cast<std::uint32_t>(projected.count - 1);
  if (newline_.data != nullptr) {
    backend_.copy(newline_.data, projected.from(newline, 1).data, projected.width);
  }
  std::vector<std::uint32_t> to(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] == VisionInput::kNewline) from[i] = newline;
    to[i] = static_cast<std::uint32_t>(i);
  }
  backend_.scatter(projected, from, to, out);
}

}  // namespace vernier::engine

// The tensors of one part of a model as a backend's weights.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "judges/engine/backend/backend.h"
#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/parts/encoder/encoder_layer.h"

namespace vernier::engine {

/// By the rest of their canonical names, behind `prefix`.
class WeightPart {
 public:
  WeightPart(const ModelTensors& tensors, Backend& backend, std::string prefix)
      : tensors_(tensors), backend_(backend), prefix_(std::move(prefix)) {}

  /// All extents but the first are the columns.
  Matrix matrix(std::string_view name) const {
    const std::string canonical = fmt::format("{}{}", prefix_, name);
    if (tensors_.is_quantised(canonical)) return backend_.matrix(tensors_.quantised(canonical));
    const TensorView& view = tensors_.at(canonical);
    const std::size_t rows = view.shape.front();
    return backend_.matrix(view, rows, view.elements() / rows);
  }
  /// Empty where the checkpoint has none.
  Vector vector(std::string_view name) const {
    const TensorView* const view = tensors_.find(fmt::format("{}{}", prefix_, name));
    return view == nullptr ? Vector{} : backend_.vector(*view);
  }

 private:
  const ModelTensors& tensors_;
  Backend& backend_;
  std::string prefix_;
};

/// A layer of a tower whose tensors begin with `prefix`.
inline EncoderLayer encoder_layer(const ModelTensors& tensors, Backend& backend,
                                  std::string prefix) {
  const WeightPart part(tensors, backend, std::move(prefix));
  EncoderLayer layer;
  layer.norm1_weight = part.vector("layer_norm1.weight");
  layer.norm1_bias = part.vector("layer_norm1.bias");
  layer.norm2_weight = part.vector("layer_norm2.weight");
  layer.norm2_bias = part.vector("layer_norm2.bias");
  layer.q = part.matrix("self_attn.q_proj.weight");
  layer.k = part.matrix("self_attn.k_proj.weight");
  layer.v = part.matrix("self_attn.v_proj.weight");
  layer.out = part.matrix("self_attn.out_proj.weight");
  layer.q_bias = part.vector("self_attn.q_proj.bias");
  layer.k_bias = part.vector("self_attn.k_proj.bias");
  layer.v_bias = part.vector("self_attn.v_proj.bias");
  layer.out_bias = part.vector("self_attn.out_proj.bias");
  layer.fc1 = part.matrix("mlp.fc1.weight");
  layer.fc2 = part.matrix("mlp.fc2.weight");
  layer.fc1_bias = part.vector("mlp.fc1.bias");
  layer.fc2_bias = part.vector("mlp.fc2.bias");
  return layer;
}

}  // namespace vernier::engine

#include "judges/engine/quantisation/awq/layer/decoder_layer.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "judges/engine/container/values/convert.h"

namespace vernier::engine {
namespace {

std::vector<float> numbers(const TensorView& view) {
  std::vector<float> out(view.elements());
  to_float(view.dtype, view.bytes, out);
  return out;
}

}  // namespace

LanguageLayer DecoderLayer::view() const {
  LanguageLayer out;
  out.norm1 = {norm1.data(), norm1.size()};
  out.norm2 = {norm2.data(), norm2.size()};
  out.q = q.matrix();
  out.k = k.matrix();
  out.v = v.matrix();
  out.o = o.matrix();
  out.q_bias = q.bias_view();
  out.k_bias = k.bias_view();
  out.v_bias = v.bias_view();
  out.o_bias = o.bias_view();
  out.gate = gate.matrix();
  out.up = up.matrix();
  out.down = down.matrix();
  out.gate_bias = gate.bias_view();
  out.up_bias = up.bias_view();
  out.down_bias = down.bias_view();
  return out;
}

DecoderLayer load_decoder_layer(const ModelTensors& tensors, std::size_t number) {
  const std::string prefix = fmt::format("llm.layers.{}.", number);
  const auto linear = [&](std::string_view name) {
    const TensorView& view = tensors.at(fmt::format("{}{}.weight", prefix, name));
    Linear out{view.shape[0], view.shape[1], numbers(view), {}};
    const TensorView* const bias = tensors.find(fmt::format("{}{}.bias", prefix, name));
    if (bias != nullptr) out.bias = numbers(*bias);
    return out;
  };
  DecoderLayer layer;
  layer.norm1 = numbers(tensors.at(prefix + "input_layernorm.weight"));
  layer.norm2 = numbers(tensors.at(prefix + "post_attention_layernorm.weight"));
  layer.q = linear("self_attn.q_proj");
  layer.k = linear("self_attn.k_proj");
  layer.v = linear("self_attn.v_proj");
  layer.o = linear("self_attn.o_proj");
  layer.gate = linear("mlp.gate_proj");
  layer.up = linear("mlp.up_proj");
  layer.down = linear("mlp.down_proj");
  return layer;
}

void multiply_columns(Linear& linear, std::span<const float> scales) {
  for (std::size_t n = 0; n < linear.rows; ++n) {
    float* const row = &linear.weights[n * linear.columns];
    for (std::size_t k = 0; k < linear.columns; ++k) row[k] *= scales[k];
  }
}

void divide_rows(Linear& linear, std::span<const float> scales) {
  for (std::size_t n = 0; n < linear.rows; ++n) {
    float* const row = &linear.weights[n * linear.columns];
    for (std::size_t k = 0; k < linear.columns; ++k) row[k] /= scales[n];
    if (!linear.bias.empty()) linear.bias[n] /= scales[n];
  }
}

}  // namespace vernier::engine

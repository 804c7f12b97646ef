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

Vector view_of(const std::vector<float>& numbers) {
  return {numbers.empty() ? nullptr : numbers.data(), numbers.size()};
}

}  // namespace

LanguageLayer DecoderLayer::view() const {
  LanguageLayer out;
  out.norm1 = view_of(norm1);
  out.norm2 = view_of(norm2);
  out.q = q.matrix();
  out.k = k.matrix();
  out.v = v.matrix();
  out.o = o.matrix();
  out.q_bias = view_of(q.bias);
  out.k_bias = view_of(k.bias);
  out.v_bias = view_of(v.bias);
  out.o_bias = view_of(o.bias);
  out.gate = gate.matrix();
  out.up = up.matrix();
  out.down = down.matrix();
  out.gate_bias = view_of(gate.bias);
  out.up_bias = view_of(up.bias);
  out.down_bias = view_of(down.bias);
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

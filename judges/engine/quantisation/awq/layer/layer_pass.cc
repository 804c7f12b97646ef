#include "judges/engine/quantisation/awq/layer/layer_pass.h"

#include <numeric>
#include <utility>

namespace vernier::engine {

LayerPass::LayerPass(Backend& backend, const LanguageShape& shape, Rope rope,
                     std::span<const std::size_t> lengths)
    : backend_(backend), shape_(shape), layout_{1, shape.kv_heads, shape.size} {
  std::vector<std::uint32_t> positions;
  std::size_t pages = 0;
  for (const std::size_t length : lengths) {
    for (std::size_t p = 0; p < length; ++p) positions.push_back(static_cast<std::uint32_t>(p));
    pages += (length + kPageTokens - 1) / kPageTokens;
  }
  rows_ = positions.size();
  pages_ = backend.allocate(pages * layout_.floats());
  for (std::size_t p = 0; p < pages; ++p) {
    addresses_.push_back(pages_->data() + p * layout_.floats());
  }
  std::size_t row = 0, page = 0;
  for (const std::size_t length : lengths) {
    const std::size_t own = (length + kPageTokens - 1) / kPageTokens;
    stretches_.push_back({row, length, 0, std::span(addresses_).subspan(page, own)});
    row += length;
    page += own;
  }

  const std::size_t q = shape.heads * shape.size, kv = shape.kv_heads * shape.size,
                    half = rope.half();
  memory_ = backend.allocate(rows_ * (q + 2 * kv + shape.hidden + 2 * half));
  float* at = memory_->data();
  const auto take = [&](std::size_t width) {
    return Rows{std::exchange(at, at + rows_ * width), rows_, width};
  };
  q_ = take(q);
  k_ = take(kv);
  v_ = take(kv);
  up_ = take(shape.hidden);
  cos_ = take(half);
  sin_ = take(half);
  std::vector<float> cos(cos_.size()), sin(sin_.size());
  rope.fill(positions, cos, sin);
  backend.from_host(cos, cos_.data);
  backend.from_host(sin, sin_.data);
}

void LayerPass::attention(const LanguageLayer& layer, Rows normed, Rows seen) {
  backend_.linear(normed, layer.q, layer.q_bias, q_);
  backend_.linear(normed, layer.k, layer.k_bias, k_);
  backend_.linear(normed, layer.v, layer.v_bias, v_);
  backend_.rotate(q_, shape_.heads, cos_, sin_);
  backend_.rotate(k_, shape_.kv_heads, cos_, sin_);
  backend_.store_keys_values(k_, v_, layout_, 0, stretches_);
  backend_.attend(q_, shape_.heads, layout_, 0, stretches_, seen);
}

void LayerPass::gated(const LanguageLayer& layer, Rows normed, Rows hidden) {
  backend_.linear(normed, layer.gate, layer.gate_bias, hidden);
  backend_.linear(normed, layer.up, layer.up_bias, up_);
  backend_.gated_silu(hidden, up_);
}

}  // namespace vernier::engine

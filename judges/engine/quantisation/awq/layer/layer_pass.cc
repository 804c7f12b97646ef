#include "judges/engine/quantisation/awq/layer/layer_pass.h"

#include <numeric>
#include <utility>

namespace vernier::engine {

LayerPass::LayerPass(Backend& backend, const LanguageShape& shape, Rope rope,
                     std::span<const std::size_t> lengths)
    : backend_(backend), shape_(shape), steps_(backend, shape_) {
  shape_.layers = 1;
  const std::size_t page_floats = backend.page_floats(shape_.pages());
  std::vector<std::uint32_t> positions;
  std::size_t pages = 0;
  for (const std::size_t length : lengths) {
    for (std::size_t p = 0; p < length; ++p) positions.push_back(static_cast<std::uint32_t>(p));
    pages += (length + kPageTokens - 1) / kPageTokens;
  }
  rows_ = positions.size();
  pages_ = backend.allocate(pages * page_floats);
  for (std::size_t p = 0; p < pages; ++p) {
    addresses_.push_back(pages_->data() + p * page_floats);
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
  const LayerRows rows{normed, cos_, sin_, stretches_, 0};
  steps_.attention(layer, rows, {q_, k_, v_}, seen);
}

void LayerPass::gated(const LanguageLayer& layer, Rows normed, Rows hidden) {
  steps_.gate(layer, normed, up_, hidden);
}

}  // namespace vernier::engine

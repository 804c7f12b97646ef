#include "judges/engine/parts/vit.h"

#include <algorithm>
#include <utility>

namespace vernier::engine {
namespace {

/// Tiles that go through the layers at a time: a SmolVLM image has up to 17, and their activations
/// (12 MiB each) need not all be in memory.
constexpr std::size_t kMostAtOnce = 4;

/// pixels [3, H, W] -> a row [3, patch, patch] for each patch, patches row by row.
void cut(std::span<const float> pixels, std::size_t side, std::size_t patch, std::size_t image,
         float* rows) {
  for (std::size_t py = 0; py < side; ++py) {
    for (std::size_t px = 0; px < side; ++px) {
      for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t y = 0; y < patch; ++y) {
          const std::size_t at = (c * image + py * patch + y) * image + px * patch;
          rows = std::copy_n(pixels.data() + at, patch, rows);
        }
      }
    }
  }
}

}  // namespace

Vit::Vit(Backend& backend, VitShape shape, VitWeights weights)
    : backend_(backend), shape_(std::move(shape)), weights_(std::move(weights)) {}

std::size_t Vit::tokens() const {
  return shape_.patches() + (weights_.class_token.data != nullptr ? 1 : 0) -
         (shape_.drop_first_token ? 1 : 0);
}

void Vit::run(std::span<const float> pixels, Rows out) {
  const std::size_t all = pixels.size() / this->pixels();
  const bool has_class = weights_.class_token.data != nullptr;
  const std::size_t tokens = shape_.patches() + (has_class ? 1 : 0);
  const Attend attend = [&](Rows q, Rows k, Rows v, Rows seen) {
    backend_.attend_all(q, k, v, tokens, shape_.heads, seen);
  };
  for (std::size_t first = 0; first < all; first += kMostAtOnce) {
    const std::size_t images = std::min(kMostAtOnce, all - first);
    const std::size_t count = images * tokens;
    if (room_ < images) {
      const std::size_t wide = std::max(shape_.hidden, 3 * shape_.patch * shape_.patch);
      memory_ = backend_.allocate(count * (6 * shape_.width + wide));
      room_ = images;
    }
    const Rows x{memory_->data(), count, shape_.width};
    embed(pixels.subspan(first * this->pixels(), images * this->pixels()), images, x);
    for (std::size_t done = 0;; ++done) {
      const bool last = done == weights_.layers.size();
      if (last && weights_.post_norm_weight.data != nullptr) {
        backend_.layer_norm(x, weights_.post_norm_weight, weights_.post_norm_bias, shape_.eps, x);
      }
      for (std::size_t part = 0; part < shape_.taken_after.size(); ++part) {
        if (shape_.taken_after[part] == done) take(x, first, images, part, out);
      }
      if (last) break;
      run_encoder_layer(backend_, shape_, weights_.layers[done], x, x.data + x.size(), attend);
    }
  }
}

void Vit::take(Rows x, std::size_t first, std::size_t images, std::size_t part, Rows out) {
  const std::size_t tokens = x.count / images, taken = this->tokens(), skipped = tokens - taken;
  const std::size_t parts = shape_.taken_after.size();
  std::vector<std::uint32_t> from, to;
  for (std::size_t i = 0; i < images; ++i) {
    for (std::size_t t = skipped; t < tokens; ++t) {
      from.push_back(static_cast<std::uint32_t>(i * tokens + t));
      const std::size_t row = (first + i) * taken + t - skipped;
      to.push_back(static_cast<std::uint32_t>(row * parts + part));
    }
  }
  backend_.scatter(x, from, to, {out.data, out.count * parts, shape_.width});
}

void Vit::embed(std::span<const float> pixels, std::size_t images, Rows x) {
  const std::size_t patches = shape_.patches(), numbers = 3 * shape_.patch * shape_.patch;
  const std::size_t tokens = x.count / images, width = shape_.width;
  std::vector<float> host(images * patches * numbers);
  for (std::size_t i = 0; i < images; ++i) {
    cut(pixels.subspan(i * this->pixels(), this->pixels()), shape_.side(), shape_.patch,
        shape_.image, host.data() + i * patches * numbers);
  }
  float* const after = x.data + x.size();
  const Rows rows{after, images * patches, numbers};
  backend_.from_host(host, rows.data);
  const Rows embedded{after + rows.size(), images * patches, width};
  backend_.linear(rows, weights_.patch, weights_.patch_bias, embedded);
  std::vector<std::uint32_t> from, to, positions;
  for (std::size_t i = 0; i < images; ++i) {
    for (std::size_t p = 0; p < patches; ++p) {
      from.push_back(static_cast<std::uint32_t>(i * patches + p));
      to.push_back(static_cast<std::uint32_t>(i * tokens + tokens - patches + p));
    }
    for (std::size_t t = 0; t < tokens; ++t) positions.push_back(static_cast<std::uint32_t>(t));
  }
  backend_.scatter(embedded, from, to, x);
  if (tokens != patches) {
    for (std::size_t i = 0; i < images; ++i) {
      backend_.copy(weights_.class_token.data, x.from(i * tokens, 1).data, width);
    }
  }
  const Rows table{after, x.count, width};
  backend_.embed(weights_.positions, positions, table);
  backend_.add(x, table);
  if (weights_.pre_norm_weight.data != nullptr) {
    backend_.layer_norm(x, weights_.pre_norm_weight, weights_.pre_norm_bias, shape_.eps, x);
  }
}

}  // namespace vernier::engine

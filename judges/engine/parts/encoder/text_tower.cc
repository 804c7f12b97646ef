#include "judges/engine/parts/encoder/text_tower.h"

#include <utility>

#include "base/error.h"

namespace vernier::engine {
namespace {

/// Tokens that go through the layers at a time: enough for whole tiles of products.
constexpr std::size_t kMostAtOnce = 512;

std::size_t pages_of(std::size_t tokens) { return (tokens + kPageTokens - 1) / kPageTokens; }

float* room(Backend& backend, std::unique_ptr<Memory>& memory, std::size_t floats) {
  if (memory == nullptr || memory->floats() < floats) memory = backend.allocate(floats);
  return memory->data();
}

}  // namespace

TextTower::TextTower(Backend& backend, EncoderShape shape, TextTowerWeights weights)
    : backend_(backend), shape_(shape), weights_(std::move(weights)) {}

void TextTower::run(std::span<const std::span<const std::uint32_t>> texts, Rows out) {
  if (out.count != texts.size() || out.width != shape_.width) {
    throw Error(ExitCode::kInternal, "text tower: shapes");
  }
  for (std::size_t first = 0, last = 0; first < texts.size(); first = last) {
    std::size_t tokens = 0;
    for (; last < texts.size(); ++last) {
      if (texts[last].empty() || texts[last].size() > weights_.positions.rows) {
        throw Error(ExitCode::kInternal, "text tower: a text without tokens or with too many");
      }
      if (last > first && tokens + texts[last].size() > kMostAtOnce) break;
      tokens += texts[last].size();
    }
    run_portion(texts.subspan(first, last - first), out.from(first, last - first));
  }
}

void TextTower::run_portion(std::span<const std::span<const std::uint32_t>> texts, Rows out) {
  std::vector<std::uint32_t> ids, positions, last, to;
  std::size_t page_count = 0;
  for (const auto& text : texts) {
    ids.insert(ids.end(), text.begin(), text.end());
    for (std::size_t t = 0; t < text.size(); ++t) {
      positions.push_back(static_cast<std::uint32_t>(t));
    }
    last.push_back(static_cast<std::uint32_t>(ids.size() - 1));
    to.push_back(static_cast<std::uint32_t>(to.size()));
    page_count += pages_of(text.size());
  }
  // One layer's keys and values at a time: nothing goes on from them.
  const PageLayout layout{1, shape_.heads, shape_.width / shape_.heads};
  const std::size_t page_floats = backend_.page_floats(layout);
  float* const page_memory = room(backend_, pages_, page_count * page_floats);
  std::vector<float*> pages;
  for (std::size_t p = 0; p < page_count; ++p) pages.push_back(page_memory + p * page_floats);
  std::vector<Stretch> stretches;
  for (std::size_t row = 0, page = 0; const auto& text : texts) {
    const std::size_t count = pages_of(text.size());
    stretches.push_back({row, text.size(), 0, std::span(pages).subspan(page, count)});
    row += text.size();
    page += count;
  }
  float* const memory =
      room(backend_, memory_, ids.size() * (shape_.width + shape_.layer_floats()));
  const Rows x{memory, ids.size(), shape_.width};
  float* const behind = memory + x.size();
  const Rows placed{behind, x.count, x.width};
  backend_.embed(weights_.tokens, ids, x);
  backend_.embed(weights_.positions, positions, placed);
  backend_.add(x, placed);
  for (const EncoderLayer& layer : weights_.layers) {
    run_encoder_layer(backend_, shape_, layer, x, behind, [&](Rows q, Rows k, Rows v, Rows seen) {
      backend_.store_keys_values(k, v, layout, 0, stretches);
      backend_.attend(q, shape_.heads, layout, 0, stretches, seen);
    });
  }
  backend_.scatter(x, last, to, out);
  backend_.layer_norm(out, weights_.norm_weight, weights_.norm_bias, shape_.eps, out);
}

}  // namespace vernier::engine

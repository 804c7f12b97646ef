#include "judges/engine/parts/language/language_model.h"

#include <atomic>
#include <cstdint>
#include <utility>

#include "base/hash.h"

namespace vernier::engine {

namespace {

/// Of all models' weights of this process.
std::uint64_t next_version() {
  static std::atomic<std::uint64_t> versions{0};
  return mix(++versions, 0x9E3779B97F4A7C15U);
}

}  // namespace

struct LanguageModel::Room {
  Rows normed, q, k, v, seen, gate, up, cos, sin;
  Rows few, few_normed, few_cos, few_sin;  ///< of the wanted rows, in the last layer
};

LanguageModel::LanguageModel(Backend& backend, LanguageShape shape, LanguageWeights weights,
                             Rope rope)
    : backend_(backend),
      shape_(shape),
      weights_(std::move(weights)),
      steps_(backend, shape_),
      rope_(std::move(rope)),
      version_(next_version()) {}

void LanguageModel::use(LanguageWeights weights) {
  weights_ = std::move(weights);
  version_ = next_version();
}

LanguageModel::Room LanguageModel::room(std::size_t rows, std::size_t wanted) {
  const std::size_t q = shape_.heads * shape_.size, kv = shape_.kv_heads * shape_.size;
  Room room;
  const auto lay_out = [&](float* at) {
    std::size_t used = 0;
    const auto take = [&](std::size_t count, std::size_t width) {
      const Rows part{at == nullptr ? nullptr : at + used, count, width};
      used += (part.size() + 15) / 16 * 16;
      return part;
    };
    room = {take(rows, shape_.width),
            take(rows, q),
            take(rows, kv),
            take(rows, kv),
            take(rows, q),
            take(rows, shape_.hidden),
            take(rows, shape_.hidden),
            take(rows, rope_.half()),
            take(rows, rope_.half()),
            take(wanted, shape_.width),
            take(wanted, shape_.width),
            take(wanted, rope_.half()),
            take(wanted, rope_.half())};
    return used;
  };
  const std::size_t needed = lay_out(nullptr);
  if (memory_ == nullptr || memory_->floats() < needed) memory_ = backend_.allocate(needed);
  lay_out(memory_->data());
  return room;
}

Rows LanguageModel::run(Rows x, std::span<const Stretch> stretches,
                        std::span<const std::uint32_t> wanted) {
  const Room room = this->room(x.count, wanted.size());
  std::vector<std::uint32_t> positions;
  positions.reserve(x.count);
  for (const Stretch& s : stretches) {
    for (std::size_t r = 0; r < s.rows; ++r) {
      positions.push_back(static_cast<std::uint32_t>(s.position + r));
    }
  }
  std::vector<float> cos(room.cos.size()), sin(room.sin.size());
  rope_.fill(positions, cos, sin);
  backend_.from_host(cos, room.cos.data);
  backend_.from_host(sin, room.sin.data);
  backend_.prepare(stretches);
  const bool all = wanted.size() == x.count;
  const auto layers = [&] {
    for (std::size_t l = 0; l + (all ? 0 : 1) < shape_.layers; ++l) layer(l, x, stretches, room);
    if (all) backend_.rms_norm(x, weights_.norm, shape_.eps, x);
  };
  if (!all) {
    layers();
    const Rows few = last_layer(x, stretches, wanted, room);
    backend_.rms_norm(few, weights_.norm, shape_.eps, few);
    return few;
  }
  // A token of each sequence: what is done again and again, from the same memory to the same.
  if (stretches.size() == x.count) {
    const auto address = [](const float* p) { return reinterpret_cast<std::uintptr_t>(p); };
    backend_.repeat(mix(version_ ^ address(x.data), (x.count << 1 | 1) ^ address(room.normed.data)),
                    layers);
  } else {
    layers();
  }
  return x;
}

void LanguageModel::head(Rows hidden, Rows logits) {
  backend_.linear(hidden, weights_.head, {}, logits);
}

void LanguageModel::layer(std::size_t number, Rows x, std::span<const Stretch> stretches,
                          const Room& room) {
  const LanguageLayer& w = weights_.layers[number];
  const LayerRows rows{room.normed, room.cos, room.sin, stretches, number};
  backend_.rms_norm(x, w.norm1, shape_.eps, rows.normed);
  steps_.attention(w, rows, {room.q, room.k, room.v}, room.seen);
  backend_.add_linear(room.seen, w.o, w.o_bias, room.normed, x);
  feed_forward(w, x, room);
}

Rows LanguageModel::last_layer(Rows x, std::span<const Stretch> stretches,
                               std::span<const std::uint32_t> wanted, const Room& room) {
  const std::size_t number = shape_.layers - 1, n = wanted.size();
  const LanguageLayer& w = weights_.layers[number];
  backend_.rms_norm(x, w.norm1, shape_.eps, room.normed);
  steps_.store(w, {room.normed, room.cos, room.sin, stretches, number}, room.k, room.v);
  // From here on only what is wanted: of a prompt that is its last token.
  std::vector<std::uint32_t> places(n);
  std::vector<Stretch> parts;
  std::size_t s = 0;
  for (std::size_t i = 0; i < n; ++i) {
    places[i] = static_cast<std::uint32_t>(i);
    while (wanted[i] >= stretches[s].first_row + stretches[s].rows) ++s;
    const std::size_t position = stretches[s].position + wanted[i] - stretches[s].first_row;
    const bool goes_on =
        i > 0 && wanted[i] == wanted[i - 1] + 1 && wanted[i] != stretches[s].first_row;
    if (goes_on) {
      ++parts.back().rows;
    } else {
      parts.push_back({i, 1, position, stretches[s].pages});
    }
  }
  backend_.scatter(room.normed, wanted, places, room.few_normed);
  backend_.scatter(room.cos, wanted, places, room.few_cos);
  backend_.scatter(room.sin, wanted, places, room.few_sin);
  backend_.scatter(x, wanted, places, room.few);
  const Rows q = room.q.from(0, n), seen = room.seen.from(0, n), sum = room.normed.from(0, n);
  steps_.look(w, {room.few_normed, room.few_cos, room.few_sin, parts, number}, q, seen);
  backend_.add_linear(seen, w.o, w.o_bias, sum, room.few);
  feed_forward(w, room.few, room);
  return room.few;
}

void LanguageModel::feed_forward(const LanguageLayer& w, Rows x, const Room& room) {
  const Rows normed = room.normed.from(0, x.count), gate = room.gate.from(0, x.count),
             up = room.up.from(0, x.count);
  backend_.rms_norm(x, w.norm2, shape_.eps, normed);
  steps_.gate(w, normed, up, gate);
  backend_.add_linear(gate, w.down, w.down_bias, normed, x);
}

}  // namespace vernier::engine

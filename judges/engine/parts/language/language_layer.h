// A layer of the language model: its weights, and the steps that LanguageModel and whoever works on
// a layer alone (quantisation/awq) take in their order.
#pragma once

#include <span>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

struct LanguageLayer {
  Vector norm1, norm2;
  Matrix q, k, v, o;
  Vector q_bias, k_bias, v_bias, o_bias;  ///< none, or those of q, k and v (Qwen2)
  Matrix gate, up, down;
  Vector gate_bias, up_bias, down_bias;  ///< seldom
};

struct LanguageShape {
  std::size_t width = 0, heads = 0, kv_heads = 0, size = 0;  ///< size: numbers of a head
  std::size_t hidden = 0, vocabulary = 0, layers = 0;
  float eps = 1e-6F;

  PageLayout pages() const { return {layers, kv_heads, size}; }
};

/// Rows in front of attention: what they are, where they stand, whose pages they belong to.
struct LayerRows {
  Rows normed;    ///< [R, C], after the first norm
  Rows cos, sin;  ///< [R, size / 2], of their positions
  std::span<const Stretch> stretches;
  std::size_t number = 0;  ///< of the layer, in the pages
};

/// Room for queries [R, heads * size], keys and values [R, kv heads * size].
struct QkvRoom {
  Rows q, k, v;
};

class LayerSteps {
 public:
  LayerSteps(Backend& backend, const LanguageShape& shape) : backend_(backend), shape_(shape) {}

  /// What all rows see of the pages, before o [R, heads * size], once their keys and values are
  /// there too.
  void attention(const LanguageLayer& layer, const LayerRows& rows, const QkvRoom& room, Rows seen);

  /// The first half of it: keys and values of the rows go into their pages; k, v are room.
  void store(const LanguageLayer& layer, const LayerRows& rows, Rows k, Rows v);
  /// The second half, for as many of the rows as are wanted.
  void look(const LanguageLayer& layer, const LayerRows& rows, Rows q, Rows seen);
  /// normed [R, C], after the second norm -> what comes into down [R, hidden]; up is room.
  void gate(const LanguageLayer& layer, Rows normed, Rows up, Rows gated);

 private:
  Backend& backend_;
  const LanguageShape& shape_;
};

}  // namespace vernier::engine

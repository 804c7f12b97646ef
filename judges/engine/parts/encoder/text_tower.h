// CLIP's tower for texts (Radford et al. 2021): a transformer in which tokens see those before
// them, with learned positions.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "judges/engine/parts/encoder/encoder_layer.h"

namespace vernier::engine {

struct TextTowerWeights {
  Matrix tokens;     ///< [V, C]
  Matrix positions;  ///< [tokens of a text at most, C]
  std::vector<EncoderLayer> layers;
  Vector norm_weight, norm_bias;
};

class TextTower {
 public:
  /// The weights' memory must outlive it.
  TextTower(Backend& backend, EncoderShape shape, TextTowerWeights weights);

  std::size_t width() const { return shape_.width; }

  /// Of each text the state of its last token after the last norm: out [texts, C]. As no token sees
  /// what follows, a text ends with the token that is wanted. Texts are not empty, nor longer than
  /// there are positions (Error kInternal).
  void run(std::span<const std::span<const std::uint32_t>> texts, Rows out);

 private:
  void run_portion(std::span<const std::span<const std::uint32_t>> texts, Rows out);

  Backend& backend_;
  EncoderShape shape_;
  TextTowerWeights weights_;
  std::unique_ptr<Memory> memory_, pages_;
};

}  // namespace vernier::engine

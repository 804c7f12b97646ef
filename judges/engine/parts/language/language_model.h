// The language model: Llama and Qwen2.
//
// Each layer x += o(attention(rotated q, k, v of norm1 x)), x += down(silu(gate) * up) of norm2 x;
// then a norm and the head. RMSNorm; grouped queries; rotary positions of pairs (i, i + size / 2).
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "judges/engine/backend/backend.h"
#include "judges/engine/parts/language/language_layer.h"
#include "judges/engine/parts/language/rope.h"

namespace vernier::engine {

struct LanguageWeights {
  Matrix embedding;  ///< [V, C]
  std::vector<LanguageLayer> layers;
  Vector norm;
  Matrix head;  ///< [V, C]; the embedding where it is tied
};

class LanguageModel {
 public:
  LanguageModel(Backend& backend, LanguageShape shape, LanguageWeights weights, Rope rope);
  LanguageModel(const LanguageModel&) = delete;
  LanguageModel& operator=(const LanguageModel&) = delete;

  const LanguageShape& shape() const { return shape_; }
  const Matrix& embedding() const { return weights_.embedding; }
  const LanguageWeights& weights() const { return weights_; }
  /// Others of the same shapes.
  void use(LanguageWeights weights);

  /// Runs the layers on embeddings x [R, C], which it overwrites; keys and values go into the
  /// stretches' pages. The hidden states of the wanted rows (ascending), after the last norm
  /// [wanted, C], stay where they are, which may be x, until the next call.
  Rows run(Rows x, std::span<const Stretch> stretches, std::span<const std::uint32_t> wanted);

  /// hidden [n, C] -> logits [n, V].
  void head(Rows hidden, Rows logits);

 private:
  struct Room;  ///< parts of memory_
  Room room(std::size_t rows, std::size_t wanted);
  void layer(std::size_t number, Rows x, std::span<const Stretch> stretches, const Room& room);
  Rows last_layer(Rows x, std::span<const Stretch> stretches, std::span<const std::uint32_t> wanted,
                  const Room& room);
  void feed_forward(const LanguageLayer& w, Rows x, const Room& room);

  Backend& backend_;
  LanguageShape shape_;
  LanguageWeights weights_;
  LayerSteps steps_;
  Rope rope_;
  std::uint64_t version_;  ///< of the weights: work that was recorded with others is not repeated
  std::unique_ptr<Memory> memory_;
};

}  // namespace vernier::engine

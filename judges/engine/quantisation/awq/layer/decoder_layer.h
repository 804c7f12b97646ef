// A layer of the language model while its weights are worked on: copies in 32 bits.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/parts/language/language_layer.h"

namespace vernier::engine {

struct Linear {
  std::size_t rows = 0, columns = 0;
  std::vector<float> weights;  ///< [rows, columns]
  std::vector<float> bias;     ///< [rows], or none

  Matrix matrix() const { return {weights.data(), DType::kF32, rows, columns}; }
  Vector bias_view() const { return {bias.empty() ? nullptr : bias.data(), bias.size()}; }
};

struct DecoderLayer {
  std::vector<float> norm1, norm2;
  Linear q, k, v, o, gate, up, down;

  /// As a backend on the processor takes it; valid as long as nothing is resized.
  LanguageLayer view() const;
};

/// Throws Error(kResource) for one that is quantised already.
DecoderLayer load_decoder_layer(const ModelTensors& tensors, std::size_t number);

/// Channel k of what comes in is divided by scales[k] somewhere before: the weights make up for it.
void multiply_columns(Linear& linear, std::span<const float> scales);
/// Output n, and its bias, divided by scales[n].
void divide_rows(Linear& linear, std::span<const float> scales);

}  // namespace vernier::engine

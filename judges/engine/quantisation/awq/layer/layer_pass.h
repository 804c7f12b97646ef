// Whole sequences through the parts of one decoder layer, with whatever weights.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "judges/engine/parts/language/language_model.h"

namespace vernier::engine {

class LayerPass {
 public:
  /// `lengths`: rows of each sequence, which begins at position 0.
  LayerPass(Backend& backend, const LanguageShape& shape, Rope rope,
            std::span<const std::size_t> lengths);
  LayerPass(const LayerPass&) = delete;
  LayerPass& operator=(const LayerPass&) = delete;

  std::size_t rows() const { return rows_; }
  const LanguageShape& shape() const { return shape_; }
  Backend& backend() { return backend_; }

  /// normed [rows, C] -> what comes into o [rows, heads * size].
  void attention(const LanguageLayer& layer, Rows normed, Rows seen);
  /// normed [rows, C] -> what comes into down [rows, hidden].
  void gated(const LanguageLayer& layer, Rows normed, Rows hidden);

 private:
  Backend& backend_;
  LanguageShape shape_;  ///< of one layer
  LayerSteps steps_;
  std::size_t rows_ = 0;
  std::unique_ptr<Memory> pages_, memory_;
  std::vector<float*> addresses_;
  std::vector<Stretch> stretches_;
  Rows q_, k_, v_, up_, cos_, sin_;
};

}  // namespace vernier::engine

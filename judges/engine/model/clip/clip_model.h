// CLIP (Radford et al. 2021, arXiv 2103.00020) from a folder as transformers writes it: pictures
// and texts as vectors of one space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "judges/engine/config/clip_config.h"
#include "judges/engine/container/names/model_tensors.h"
#include "judges/engine/container/tensor_store.h"
#include "judges/engine/parts/encoder/text_tower.h"
#include "judges/engine/parts/vit.h"

namespace vernier::engine {

/// A vector depends on its picture or text alone, to the last bit: not on what it is computed
/// together with, nor on threads. Vectors are projections as they come, of any length.
class ClipModel {
 public:
  /// Throws Error(kResource) for tensors that are missing or of the wrong shape. Weights are not
  /// read before they are used.
  ClipModel(const ClipConfig& config, TensorStore store, Backend& backend,
            UnknownTensors unknown = UnknownTensors::kReport);

  const ClipConfig& config() const { return config_; }
  const ModelTensors& tensors() const { return tensors_; }
  /// Numbers of a vector.
  std::size_t width() const { return config_.width; }

  /// pixels [images, 3, H, W], normalised -> out [images, width()]: the class token after all
  /// layers and the last norm, projected.
  void embed_images(std::span<const float> pixels, std::span<float> out);

  /// Texts as tokens, each with its end -> out [texts, width()]: the token that ends a text
  /// (ClipTextConfig) after all layers and the last norm, projected. Throws Error(kInternal) for
  /// texts without an end, longer than the positions, or with tokens beyond the vocabulary.
  void embed_texts(std::span<const std::span<const std::uint32_t>> texts, std::span<float> out);

 private:
  void project(Rows pooled, const Matrix& projection, std::span<float> out);

  ClipConfig config_;
  TensorStore store_;
  ModelTensors tensors_;
  Backend& backend_;
  Vit vit_;
  TextTower text_;
  Matrix visual_projection_, text_projection_;
};

}  // namespace vernier::engine

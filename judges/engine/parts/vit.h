// The vision transformer of CLIP, SigLIP and Idefics3: one implementation.
//
// x = patches + positions (CLIP: after a class token, then a norm); then layers (encoder_layer.h).
// All tokens of an image see each other.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "judges/engine/parts/encoder/encoder_layer.h"

namespace vernier::engine {

struct VitWeights {
  Matrix patch;                             ///< [C, 3 * side of a patch squared]
  Vector patch_bias;                        ///< none: CLIP
  Vector class_token;                       ///< CLIP only
  Matrix positions;                         ///< [tokens (with the class token), C]
  Vector pre_norm_weight, pre_norm_bias;    ///< CLIP only
  std::vector<EncoderLayer> layers;         ///< those that are run
  Vector post_norm_weight, post_norm_bias;  ///< none: features of LLaVA, before it
};

struct VitShape : EncoderShape {
  std::size_t image = 0, patch = 0;  ///< pixels of a side
  /// After how many layers features are taken; several are put side by side. 0: the embeddings.
  std::vector<std::size_t> taken_after;
  /// The first token (the class token; without one, the first patch) is left out.
  bool drop_first_token = false;

  std::size_t side() const { return image / patch; }
  std::size_t patches() const { return side() * side(); }
};

class Vit {
 public:
  /// The weights' memory must outlive it.
  Vit(Backend& backend, VitShape shape, VitWeights weights);

  /// Numbers of a feature.
  std::size_t features() const { return shape_.width * shape_.taken_after.size(); }
  /// Features of an image.
  std::size_t tokens() const;
  std::size_t pixels() const { return 3 * shape_.image * shape_.image; }

  const VitWeights& weights() const { return weights_; }
  /// Others of the same shapes.
  void use(VitWeights weights) { weights_ = std::move(weights); }

  /// pixels [images, 3, H, W], normalised -> out [images * tokens(), features()].
  void run(std::span<const float> pixels, Rows out);

 private:
  void embed(std::span<const float> pixels, std::size_t images, Rows x);
  /// Features that are put at place `part` among those of a token.
  void take(Rows x, std::size_t first, std::size_t images, std::size_t part, Rows out);

  Backend& backend_;
  VitShape shape_;
  VitWeights weights_;
  std::unique_ptr<Memory> memory_;
  std::size_t room_ = 0;  ///< images that memory_ is for
};

}  // namespace vernier::engine

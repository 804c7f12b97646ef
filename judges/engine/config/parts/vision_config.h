// The vision tower that a config.json describes.
#pragma once

#include <cstdint>

#include "judges/engine/backend/backend.h"
#include "judges/engine/config/json/config_object.h"

namespace vernier::engine {

enum class VisionKind : std::uint8_t {
  kClip,      ///< with a class token and a norm before the layers
  kSiglip,    ///< with a bias of the patches
  kIdefics3,  ///< as SigLIP; SmolVLM's is the same
};

struct VisionConfig {
  VisionKind kind = VisionKind::kClip;
  std::uint32_t width = 0;   ///< channels of a token
  std::uint32_t mlp = 0;     ///< channels inside a layer's MLP
  std::uint32_t layers = 0;  ///< stored, of which fewer may be run
  std::uint32_t heads = 0;   ///< divides the width
  std::uint32_t image = 0;   ///< pixels of a side
  std::uint32_t patch = 0;   ///< pixels of a patch's side
  Activation activation = Activation::kGelu;
  double eps = 0;  ///< of the layer norms

  bool has_class_token() const { return kind == VisionKind::kClip; }
  /// Patches of a side; pixels behind the last whole patch are not seen.
  std::uint32_t side() const { return image / patch; }
  /// Tokens of an image inside the tower.
  std::uint32_t tokens() const { return side() * side() + (has_class_token() ? 1 : 0); }
};

/// Defaults of the classes in transformers 5.24; kClipLargeTower is what LLaVA's config fills in
/// where it has no vision_config: CLIP ViT-L/14-336.
extern const VisionConfig kClipTower, kClipLargeTower, kSiglipTower, kIdefics3Tower;

/// The defaults of what `model_type` names: CLIP's, also where it names nothing, or SigLIP's.
/// Throws Error(kResource) for other towers.
const VisionConfig& tower_of_type(const ConfigObject& vision);

/// Reads `vision_config`; keys that are absent are those of `absent`. Throws Error(kResource) for
/// numbers that do not fit together.
VisionConfig read_vision_config(const ConfigObject& vision, const VisionConfig& absent);

/// As configs name it: gelu, gelu_pytorch_tanh or quick_gelu; throws Error(kResource) for others.
Activation read_activation(const ConfigObject& object, std::string_view key, Activation absent);

}  // namespace vernier::engine

#include "judges/engine/config/parts/vision_config.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "judges/engine/config/limits.h"

namespace vernier::engine {
namespace {

/// One side of a square: a number, or a list of two equal ones.
std::uint32_t side(const ConfigObject& vision, std::string_view key, std::uint32_t absent) {
  const auto sides = vision.wholes(key, limits::kPixels, 2);
  if (!sides) return absent;
  if (sides->empty() || sides->front() != sides->back()) vision.refuse(key, "a square");
  return static_cast<std::uint32_t>(sides->front());
}

}  // namespace

constinit const VisionConfig kClipTower{.kind = VisionKind::kClip,
                                        .width = 768,
                                        .mlp = 3072,
                                        .layers = 12,
                                        .heads = 12,
                                        .image = 224,
                                        .patch = 32,
                                        .activation = Activation::kQuickGelu,
                                        .eps = 1e-5};
constinit const VisionConfig kClipLargeTower{.kind = VisionKind::kClip,
                                             .width = 1024,
                                             .mlp = 4096,
                                             .layers = 24,
                                             .heads = 16,
                                             .image = 336,
                                             .patch = 14,
                                             .activation = Activation::kQuickGelu,
                                             .eps = 1e-5};
constinit const VisionConfig kSiglipTower{.kind = VisionKind::kSiglip,
                                          .width = 768,
                                          .mlp = 3072,
                                          .layers = 12,
                                          .heads = 12,
                                          .image = 224,
                                          .patch = 16,
                                          .activation = Activation::kGeluTanh,
                                          .eps = 1e-6};
constinit const VisionConfig kIdefics3Tower{.kind = VisionKind::kIdefics3,
                                            .width = 1152,
                                            .mlp = 3072,
                                            .layers = 12,
                                            .heads = 16,
                                            .image = 224,
                                            .patch = 32,
                                            .activation = Activation::kGeluTanh,
                                            .eps = 1e-6};

const VisionConfig& tower_of_type(const ConfigObject& vision) {
  const std::string type = vision.text("model_type").value_or("clip_vision_model");
  if (type == "clip_vision_model") return kClipTower;
  if (type == "siglip_vision_model") return kSiglipTower;
  vision.refuse("model_type", "clip_vision_model or siglip_vision_model");
}

Activation read_activation(const ConfigObject& object, std::string_view key, Activation absent) {
  const auto name = object.text(key);
  if (!name) return absent;
  if (*name == "gelu") return Activation::kGelu;
  if (*name == "gelu_pytorch_tanh") return Activation::kGeluTanh;
  if (*name == "quick_gelu") return Activation::kQuickGelu;
  object.refuse(key, "gelu, gelu_pytorch_tanh or quick_gelu");
}

VisionConfig read_vision_config(const ConfigObject& vision, const VisionConfig& absent) {
  VisionConfig config = absent;
  config.width = vision.whole("hidden_size", config.width, limits::kWidth);
  config.mlp = vision.whole("intermediate_size", config.mlp, limits::kMlp);
  config.layers = vision.whole("num_hidden_layers", config.layers, limits::kLayers);
  config.heads = vision.whole("num_attention_heads", config.heads, limits::kHeads);
  config.image = side(vision, "image_size", config.image);
  config.patch = side(vision, "patch_size", config.patch);
  config.activation = read_activation(vision, "hidden_act", config.activation);
  config.eps = vision.positive("layer_norm_eps", config.eps);
  vision.whole("num_channels", 3, {3, 3});
  if (config.width % config.heads != 0) {
    vision.refuse("num_attention_heads", fmt::format("a divisor of hidden_size {}", config.width));
  }
  if (config.patch > config.image) {
    vision.refuse("patch_size", fmt::format("at most image_size {}", config.image));
  }
  return config;
}

}  // namespace vernier::engine

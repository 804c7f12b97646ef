// From 8-bit pictures to the numbers that a vision tower takes.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "datasets/images/image.h"

namespace vernier::images {

/// "image_mean", "image_std" and "rescale_factor" of preprocessor_config.json: red, green, blue.
struct Normalisation {
  std::array<double, 3> mean{}, deviation{};
  double rescale_factor = 1.0 / 255;
};

/// Of CLIP and all that took it over.
constexpr Normalisation kClipNormalisation{{0.48145466, 0.4578275, 0.40821073},
                                           {0.26862954, 0.26130258, 0.27577711}};
/// Of SigLIP, Idefics3, SmolVLM.
constexpr Normalisation kHalfNormalisation{{0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}};

/// (v * rescale_factor - mean) / deviation in the arithmetic of transformers' image processors with
/// backend "pil", bit for bit: the product in 64 bits, rounded to 32; the rest in 32.
class Normaliser {
 public:
  /// Throws Error(kResource) when a number is not finite or a deviation is 0.
  explicit Normaliser(const Normalisation& normalisation);

  /// Writes a picture as [3, height, width]. Throws Error(kInternal) when `out` has another size.
  void write(const Image& image, std::span<float> out) const;

  std::vector<float> pixels(const Image& image) const;

 private:
  std::array<std::array<float, 256>, 3> values_{};  // of each channel
};

}  // namespace vernier::images

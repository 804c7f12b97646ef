#include "datasets/images/pixels/normaliser.h"

#include <cmath>

#include "base/error.h"

namespace vernier::images {

Normaliser::Normaliser(const Normalisation& normalisation) {
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const auto mean = static_cast<float>(normalisation.mean[channel]);
    const auto deviation = static_cast<float>(normalisation.deviation[channel]);
    if (!std::isfinite(mean) || !std::isfinite(deviation) || deviation == 0 ||
        !std::isfinite(normalisation.rescale_factor)) {
      throw Error(
          ExitCode::kResource,
          "image_mean, image_std and rescale_factor must be finite numbers, image_std not 0");
    }
    for (std::size_t v = 0; v < 256; ++v) {
      const auto scaled = static_cast<float>(static_cast<double>(v) * normalisation.rescale_factor);
      values_[channel][v] = (scaled - mean) / deviation;
    }
  }
}

void Normaliser::write(const Image& image, std::span<float> out) const {
  const auto bytes = image.bytes();
  if (out.size() != bytes.size()) {
    throw Error(ExitCode::kInternal, "pixels for a tensor of another size");
  }
  const std::size_t plane = out.size() / 3;
  float* const red = out.data();
  float* const green = red + plane;
  float* const blue = green + plane;
  for (std::size_t i = 0; i < plane; ++i) {
    red[i] = values_[0][bytes[3 * i]];
    green[i] = values_[1][bytes[3 * i + 1]];
    blue[i] = values_[2][bytes[3 * i + 2]];
  }
}

std::vector<float> Normaliser::pixels(const Image& image) const {
  std::vector<float> out(image.bytes().size());
  write(image, out);
  return out;
}

}  // namespace vernier::images

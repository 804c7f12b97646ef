// Transparent pictures over a white ground.
#pragma once

#include <cstdint>
#include <span>

#include "datasets/images/image.h"

namespace vernier::images {

/// `alpha`: a byte a pixel (0 shows the ground alone), or empty for a picture that hides it. Equal
/// to `alpha_composite` of Pillow over opaque white, in its fixed-point arithmetic.
void lay_on_white(Image& image, std::span<const std::uint8_t> alpha);

}  // namespace vernier::images

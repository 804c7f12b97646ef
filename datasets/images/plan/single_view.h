// A whole picture as one input of a vision tower.
#pragma once

#include <array>
#include <cstdint>

#include "datasets/images/image.h"
#include "datasets/images/resample/filter.h"

namespace vernier::images {

/// The size that a picture gets whose short side becomes `shortest_edge`, its shape kept.
Size size_of_shortest_edge(Size size, std::uint32_t shortest_edge);

/// CLIPImageProcessor: the short side becomes `shortest_edge`, the middle of size `crop` is taken,
/// on black where the resized picture is smaller than that. Only what is seen is computed. Throws
/// Error(kBadInput) for a picture so narrow that its long side would leave 32 bits,
/// Error(kResource) when `shortest_edge` or a side of `crop` is 0 or beyond 8192.
Image centre_view(const Image& image, std::uint32_t shortest_edge, Size crop, Filter filter);

/// The colour of `mean` ("image_mean", red, green, blue between 0 and 1), cut to whole numbers:
/// (122, 116, 104) for CLIP's.
Rgb mean_colour(const std::array<double, 3>& mean);

/// LLaVA-1.5's `image_aspect_ratio = pad`, "do_pad" of LlavaImageProcessor: the picture in the
/// middle of a square, the odd pixel below or to the right. A long side of more than
/// `most_side` pixels is refused with Error(kBadInput): the square of a narrow picture is far
/// larger than the picture.
Image padded_square(const Image& image, Rgb ground, std::uint32_t most_side = 16'384);

}  // namespace vernier::images

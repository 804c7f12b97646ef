// JPEG pictures.
#pragma once

#include <string_view>

#include "datasets/images/decode/formats/decoded.h"

namespace vernier::images {

/// With libjpeg-turbo, as Pillow calls it: the accurate integer DCT, smooth upsampling. Pictures of
/// four colours are taken as inverted, Adobe's way, whether they say so or not. A file that ends
/// before its last pixel is refused; damage inside that libjpeg only warns of is not. Throws
/// Error(kBadInput).
DecodedPicture decode_jpeg(std::string_view bytes, const DecodeRequest& request);

}  // namespace vernier::images

// GIF pictures.
#pragma once

#include <string_view>

#include "datasets/images/decode/formats/decoded.h"

namespace vernier::images {

/// With giflib: the first frame, on a ground of its transparent colour or colour 0. Later frames
/// are not looked at. Throws Error(kBadInput).
DecodedPicture decode_gif(std::string_view bytes, const DecodeRequest& request);

}  // namespace vernier::images

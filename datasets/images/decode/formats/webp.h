// WebP pictures.
#pragma once

#include <string_view>

#include "datasets/images/decode/formats/decoded.h"

namespace vernier::images {

/// With libwebp: the first frame.
/// Throws Error(kBadInput).
DecodedPicture decode_webp(std::string_view bytes, const DecodeRequest& request);

}  // namespace vernier::images

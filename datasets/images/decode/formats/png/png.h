// PNG pictures.
#pragma once

#include <string_view>

#include "datasets/images/decode/formats/decoded.h"

namespace vernier::images {

/// With libpng. 16-bit grey above 255 is white and 16-bit colours keep their upper half, as in
/// Pillow, which also compares transparent colours after that. Wrong checksums are refused. Throws
/// Error(kBadInput).
DecodedPicture decode_png(std::string_view bytes, const DecodeRequest& request);

}  // namespace vernier::images

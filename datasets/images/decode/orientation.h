// The orientation that cameras write into EXIF data.
#pragma once

#include <string_view>

#include "datasets/images/image.h"

namespace vernier::images {

/// Tag 0x0112 of the first directory of EXIF data ("Exif\0\0" in front or not): 1, ..., 8. 1, as it
/// is, when the data is damaged or says nothing: a picture is not refused for its metadata.
unsigned exif_orientation(std::string_view exif);

/// Mirrors and turns as the orientation says: 2 mirrored, 3 upside down, 4 upside down and
/// mirrored, 5 transposed, 6 needs a quarter turn clockwise, 7 transposed about the other diagonal,
/// 8 needs a quarter turn counter-clockwise.
Image turned_upright(Image image, unsigned orientation);

}  // namespace vernier::images

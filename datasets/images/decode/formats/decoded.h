// What the decoders of the formats get and give.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/images/image.h"

namespace vernier::images {

struct DecodeRequest {
  std::string name;  ///< printable, for messages
  std::uint64_t most_pixels = 0;
  bool alpha = false;        ///< whether it is wanted
  bool orientation = false;  ///< whether it is wanted
};

struct DecodedPicture {
  Image image;
  std::vector<std::uint8_t> alpha;  ///< a byte a pixel; empty when all are opaque or not wanted
  unsigned orientation = 1;         ///< EXIF's
};

/// Throws Error(kBadInput) when a picture has no pixels or more than wanted.
void check_size(const DecodeRequest& request, Size size);

/// Throws Error(kBadInput): "NAME: the FORMAT REASON".
[[noreturn]] void refuse(const DecodeRequest& request, const char* format,
                         const std::string& reason);

}  // namespace vernier::images

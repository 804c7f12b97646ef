// From the bytes of a file to pixels: JPEG, PNG, GIF (its first frame), WebP (its first frame).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "datasets/images/image.h"

namespace vernier::images {

/// What becomes of transparency.
enum class Alpha {
  kDrop,     ///< the colours as stored: Pillow's `convert("RGB")`
  kOnWhite,  ///< laid over white with Pillow's `alpha_composite`: what processors of transformers
             ///< do
};

struct DecodeOptions {
  Alpha alpha = Alpha::kDrop;
  /// Turn as the EXIF orientation says (`ImageOps.exif_transpose`); transformers does not.
  bool turn_upright = false;
  /// Refuses larger pictures on their header alone, before memory is taken for them.
  std::uint64_t most_pixels = 100'000'000;
};

/// Decodes a picture, told by its content, never by its name. Equal to
/// `Image.open(f).convert("RGB")` of Pillow bit for bit, in grey, 16-bit, palette, CMYK and YCCK
/// pictures too. `name` stands in messages. Throws Error(kBadInput) in one line when the bytes are
/// none of the four formats, truncated, damaged or too large.
Image decode(std::string_view bytes, const std::string& name, const DecodeOptions& options = {});

/// Reads and decodes a file. Throws Error(kBadInput) when it cannot be read, too.
Image read_image(const std::string& path, const DecodeOptions& options = {});

}  // namespace vernier::images

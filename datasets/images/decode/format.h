// What the first bytes of a file say about it.
#pragma once

#include <string_view>

namespace vernier::images {

enum class Format { kJpeg, kPng, kGif, kWebp, kOther };

Format format_of(std::string_view bytes);

/// What a file that is no picture for vernier seems to be ("HTML", "a TIFF picture"); empty when it
/// cannot be told.
std::string_view kind_of_other(std::string_view bytes);

}  // namespace vernier::images

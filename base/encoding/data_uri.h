// Files within a text: data: addresses.
#pragma once

#include <string>
#include <string_view>

namespace vernier {

/// "image/jpeg", "image/png", "image/gif" or "image/webp", by how the bytes begin; empty for
/// others, SVG included, which may hold scripts. Names of files are not asked: they are often
/// wrong.
std::string_view media_type(std::string_view bytes);

/// Appends RFC 4648's base64 of the bytes, with padding and without line ends.
void append_base64(std::string& out, std::string_view bytes);
std::string base64_of(std::string_view bytes);

}  // namespace vernier

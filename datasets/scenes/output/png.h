// Pictures as PNG.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace vernier::scenes {

/// Encodes `side` x `side` pixels of three bytes (colour) or one (grey, e.g. numbers of objects).
/// Equal pixels give equal bytes with one version of zlib. Throws Error(kInternal) when libpng
/// cannot, which only lack of memory explains.
std::string encode_png(std::span<const std::uint8_t> pixels, unsigned side);

}  // namespace vernier::scenes

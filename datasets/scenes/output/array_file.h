// NumPy's .npy files of bytes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

namespace vernier::scenes {

/// The header of an array of unsigned bytes in C order (format 1.0); the bytes follow.
std::string npy_header(std::initializer_list<std::uint64_t> shape);

}  // namespace vernier::scenes

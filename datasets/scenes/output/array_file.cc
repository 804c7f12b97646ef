#include "datasets/scenes/output/array_file.h"

#include <fmt/format.h>

namespace vernier::scenes {

std::string npy_header(std::initializer_list<std::uint64_t> shape) {
  std::string dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (";
  for (const std::uint64_t extent : shape) dict += fmt::format("{}, ", extent);
  dict += "), }";
  // Magic, version and length take 10 bytes; the whole is a multiple of 64 and ends with a newline.
  constexpr std::size_t kBefore = 10, kMultiple = 64;
  const std::size_t size = (kBefore + dict.size() + 1 + kMultiple - 1) / kMultiple * kMultiple;
  dict.resize(size - kBefore - 1, ' ');
  dict.push_back('\n');
  std::string out("\x93NUMPY\x01\x00", 8);
  out.push_back(static_cast<char>(dict.size() & 0xFF));
  out.push_back(static_cast<char>(dict.size() >> 8));
  return out + dict;
}

}  // namespace vernier::scenes

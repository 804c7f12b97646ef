// Many bytes looked at together, in portable C++.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vernier::text {

/// Bit i is set where p[i] is not 0. Reads 64 bytes.
inline std::uint64_t nonzero_bits(const char* p) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t low7 = 0x7F7F7F7F7F7F7F7Fu, high = 0x8080808080808080u;
  std::uint64_t bits = 0;
  for (int k = 0; k < 8; ++k) {
    std::uint64_t x = 0;
    std::memcpy(&x, p + 8 * k, 8);
    x = (((x & low7) + low7) | x) & high;  // the top bit of every byte that is not 0
    // The product moves the eight top bits next to each other.
    bits |= ((x >> 7) * 0x0102040810204080u) >> 56 << 8 * k;
  }
  return bits;
}

/// True when no byte is above 127.
inline bool is_ascii(std::string_view text) {
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}

/// Lower case of an ASCII letter; every other byte as it is.
constexpr char ascii_lower(char c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

}  // namespace vernier::text

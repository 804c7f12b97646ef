// Sums of sixteen outputs over weights of few bits: plain loops.
#pragma once

#include "judges/engine/cpu/kernels/lanes/portable.h"

namespace vernier::engine {
namespace {

struct PortableSums {
  std::int32_t v[16];
};
template <int R>
using Sums = PortableSums;

inline Floats to_floats(const PortableSums& x) {
  return each([&](int i) { return static_cast<float>(x.v[i]); });
}

/// Codes of eight inputs, a lane an output.
struct PortableNibbles {
  static constexpr std::size_t kBytes = 64;
  static std::int32_t code(const std::uint8_t* p, int lane, int input) {
    return p[4 * lane + input % 4] >> (input < 4 ? 0 : 4) & 15;
  }
};
struct PortableBytes {
  static constexpr std::size_t kBytes = 128;
  static std::int32_t code(const std::uint8_t* p, int lane, int input) {
    return p[4 * lane + input % 4 + (input < 4 ? 0 : 64)];
  }
};
using Nibbles = PortableNibbles;
using Bytes = PortableBytes;

/// Eight inputs of R rows, `stride` bytes apart.
template <int R, class Stored>
inline void add_products(const std::uint8_t* codes, const std::uint8_t* x, std::size_t stride,
                         PortableSums (&sums)[R]) {
  for (int input = 0; input < 8; ++input) {
    std::int32_t weights[16];
    for (int i = 0; i < 16; ++i) weights[i] = Stored::code(codes, i, input);
    for (int r = 0; r < R; ++r) {
      std::int16_t in;
      __builtin_memcpy(&in, x + static_cast<std::size_t>(r) * stride + 2 * input, sizeof in);
      for (int i = 0; i < 16; ++i) sums[r].v[i] += weights[i] * in;
    }
  }
}

/// Sixteen whole numbers in 16 bits.
inline void store_rounded(Floats x, std::uint8_t* to) {
  std::int16_t whole[16];
  for (int i = 0; i < 16; ++i) whole[i] = static_cast<std::int16_t>(x.v[i]);
  __builtin_memcpy(to, whole, sizeof whole);
}

inline Floats load_bytes(const std::uint8_t* p) {
  return each([&](int i) { return static_cast<float>(p[i]); });
}

}  // namespace
}  // namespace vernier::engine

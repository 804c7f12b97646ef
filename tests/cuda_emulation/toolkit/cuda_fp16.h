// In place of CUDA's header of this name. Each operation rounds once, as the device's.
#pragma once

#include <cstdint>

#include "judges/engine/container/values/convert.h"
#include "tests/cuda_emulation/toolkit/vector_types.h"

struct __half {
  std::uint16_t bits;
};
struct alignas(4) __half2 {
  __half x, y;
};
using half = __half;
using half2 = __half2;

inline float __half2float(__half h) { return vernier::engine::float_of_half(h.bits); }
inline __half __float2half_rn(float x) { return {vernier::engine::half_of(x)}; }
inline __half2 __halves2half2(__half x, __half y) { return {x, y}; }
inline __half2 __floats2half2_rn(float x, float y) {
  return {__float2half_rn(x), __float2half_rn(y)};
}
inline float2 __half22float2(__half2 h) { return {__half2float(h.x), __half2float(h.y)}; }

namespace vernier::emulation {

// Products of halves, and sums with a third, are exact in double or lose far less than a half can
// hold; from there to a float in odd rounding, so that rounding twice is rounding once.
inline __half rounded_half(double x) {
  float near = static_cast<float>(x);
  const double off = static_cast<double>(near) - x;
  if (off != 0 && (__builtin_bit_cast(std::uint32_t, near) & 1) == 0) {
    const bool away = (off > 0) == (x > 0);
    near = __builtin_bit_cast(float, __builtin_bit_cast(std::uint32_t, near) + (away ? -1U : 1U));
  }
  return __float2half_rn(near);
}

}  // namespace vernier::emulation

inline __half2 __hsub2(__half2 a, __half2 b) {
  using vernier::emulation::rounded_half;
  const auto d = [](__half h) { return static_cast<double>(__half2float(h)); };
  return {rounded_half(d(a.x) - d(b.x)), rounded_half(d(a.y) - d(b.y))};
}
inline __half2 __hmul2(__half2 a, __half2 b) {
  using vernier::emulation::rounded_half;
  const auto d = [](__half h) { return static_cast<double>(__half2float(h)); };
  return {rounded_half(d(a.x) * d(b.x)), rounded_half(d(a.y) * d(b.y))};
}
inline __half2 __hfma2(__half2 a, __half2 b, __half2 c) {
  using vernier::emulation::rounded_half;
  const auto d = [](__half h) { return static_cast<double>(__half2float(h)); };
  return {rounded_half(d(a.x) * d(b.x) + d(c.x)), rounded_half(d(a.y) * d(b.y) + d(c.y))};
}

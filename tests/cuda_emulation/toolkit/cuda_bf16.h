// In place of CUDA's header of this name.
#pragma once

#include <cstdint>

#include "judges/engine/container/values/convert.h"
#include "tests/cuda_emulation/toolkit/vector_types.h"

struct __nv_bfloat16 {
  std::uint16_t bits;
};
struct alignas(4) __nv_bfloat162 {
  __nv_bfloat16 x, y;
};

inline float __bfloat162float(__nv_bfloat16 b) { return vernier::engine::float_of_bf16(b.bits); }
inline __nv_bfloat16 __float2bfloat16_rn(float x) { return {vernier::engine::bf16_of(x)}; }
inline __nv_bfloat162 __floats2bfloat162_rn(float x, float y) {
  return {__float2bfloat16_rn(x), __float2bfloat16_rn(y)};
}
inline float2 __bfloat1622float2(__nv_bfloat162 b) {
  return {__bfloat162float(b.x), __bfloat162float(b.y)};
}

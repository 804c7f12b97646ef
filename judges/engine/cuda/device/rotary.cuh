// Rotary positions.
#pragma once

#include <cuda_runtime.h>

namespace vernier::engine::cuda {

/// Numbers i and i + size / 2 of a head, turned by an angle.
__device__ __forceinline__ float2 turned(float low, float high, float cos, float sin) {
  return make_float2(fmaf(low, cos, -high * sin), fmaf(high, cos, low * sin));
}

}  // namespace vernier::engine::cuda

// Numbers of 16 bits on the device.
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#include <cstdint>

namespace vernier::engine::cuda {

using Half = __half;
using Bfloat16 = __nv_bfloat16;

__device__ __forceinline__ float to_float(float x) { return x; }
__device__ __forceinline__ float to_float(Half x) { return __half2float(x); }
__device__ __forceinline__ float to_float(Bfloat16 x) { return __bfloat162float(x); }

/// To nearest, ties to even.
template <typename T>
__device__ T rounded(float x);
template <>
__device__ __forceinline__ float rounded<float>(float x) {
  return x;
}
template <>
__device__ __forceinline__ Half rounded<Half>(float x) {
  return __float2half_rn(x);
}
template <>
__device__ __forceinline__ Bfloat16 rounded<Bfloat16>(float x) {
  return __float2bfloat16_rn(x);
}

}  // namespace vernier::engine::cuda

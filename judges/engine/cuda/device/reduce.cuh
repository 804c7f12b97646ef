// Sums and maxima over a warp and over a block, in an order that depends on the block's size only.
#pragma once

#include <cuda_runtime.h>

#include <vernier_instructions.cuh>

namespace vernier::engine::cuda {

inline constexpr unsigned kWarp = 32, kAllLanes = 0xFFFFFFFFU;

struct Add {
  __device__ float operator()(float a, float b) const { return a + b; }
};
struct Larger {
  __device__ float operator()(float a, float b) const { return a > b ? a : b; }
};

/// Of all lanes, in all lanes.
template <typename Join>
__device__ __forceinline__ float over_warp(float x, Join join) {
  for (int by = 16; by > 0; by /= 2) x = join(x, __shfl_xor_sync(kAllLanes, x, by));
  return x;
}

/// Of all threads, in all threads, of a block of whole warps; `room`: a number a warp in shared
/// memory, free again at the next barrier.
template <typename Join>
__device__ __forceinline__ float over_block(float x, Join join, float* room) {
  x = over_warp(x, join);
  const unsigned warps = blockDim.x / kWarp;
  if (threadIdx.x % kWarp == 0) room[threadIdx.x / kWarp] = x;
  __syncthreads();
  float out = room[0];
  for (unsigned w = 1; w < warps; ++w) out = join(out, room[w]);
  return out;
}

}  // namespace vernier::engine::cuda

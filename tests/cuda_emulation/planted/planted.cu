#include <vernier_instructions.cuh>

#include "tests/cuda_emulation/planted/planted.h"

namespace vernier::emulation {

namespace {

__device__ float* shared_floats() {
  return reinterpret_cast<float*>(engine::cuda::shared_memory());
}

}  // namespace

/// Each thread reads what another warp's has written.
__global__ void turn_round(const float* from, float* to, bool barrier) {
  float* const room = shared_floats();
  room[threadIdx.x] = from[threadIdx.x];
  if (barrier) __syncthreads();
  to[threadIdx.x] = room[kPlantedThreads - 1 - threadIdx.x];
}

/// Each thread reads what another of its warp has written.
__global__ void over_a_warp(const float* from, float* to, bool barrier) {
  float* const room = shared_floats();
  room[threadIdx.x] = from[threadIdx.x];
  if (barrier) __syncwarp();
  to[threadIdx.x] = room[threadIdx.x ^ 1];
}

__global__ void copy_in_background(const float* from, float* to, bool wait, bool barrier) {
  float* const room = shared_floats();
  if (threadIdx.x < kPlantedThreads / 4) {
    engine::cuda::copy_async(room + 4 * threadIdx.x, from + 4 * threadIdx.x, true);
  }
  engine::cuda::commit_copies();
  if (wait) engine::cuda::wait_for_copies<0>();
  if (barrier) __syncthreads();
  to[threadIdx.x] = room[threadIdx.x];
}

__global__ void write_behind(float* to, unsigned by) { to[threadIdx.x + by] = 1; }

__global__ void write_shared_behind(unsigned by) { shared_floats()[threadIdx.x + by] = 1; }

__global__ void all_write(float* to, bool each_its_own) {
  if (threadIdx.x == 0) to[each_its_own ? blockIdx.x : 0] = 1;
}

__global__ void some_at_the_barrier(bool all) {
  if (all || threadIdx.x < 40) __syncthreads();
}

__global__ void half_a_warp_shuffles(float* to, bool all) {
  float x = static_cast<float>(threadIdx.x);
  if (all || threadIdx.x % 32 < 16) x = __shfl_xor_sync(0xFFFFFFFFU, x, 1);
  to[threadIdx.x] = x;
}

}  // namespace vernier::emulation

// Kernels with one fault each, and the same ones without it.
#pragma once

#include <cuda_runtime.h>

namespace vernier::emulation {

constexpr unsigned kPlantedThreads = 64;

__global__ void turn_round(const float* from, float* to, bool barrier);
__global__ void over_a_warp(const float* from, float* to, bool barrier);
__global__ void copy_in_background(const float* from, float* to, bool wait, bool barrier);
__global__ void write_behind(float* to, unsigned by);
__global__ void write_shared_behind(unsigned by);
__global__ void all_write(float* to, bool each_its_own);
__global__ void some_at_the_barrier(bool all);
__global__ void half_a_warp_shuffles(float* to, bool all);

}  // namespace vernier::emulation

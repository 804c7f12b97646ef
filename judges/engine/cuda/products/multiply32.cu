#include <vernier_instructions.cuh>

#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/products/products.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kSide = 32, kThreads = 256, kOwn = kSide * kSide / kThreads;
constexpr unsigned kPitch = kSide + 1;  // rows begin in different banks

__global__ void __launch_bounds__(kThreads)
    multiply32_kernel(const float* x, unsigned rows, const float* w, std::size_t stride,
                      unsigned columns, unsigned depth, const float* bias, bool adds, float* y) {
  float* const xs = reinterpret_cast<float*>(shared_memory());
  float* const ws = xs + kSide * kPitch;
  const unsigned first_row = blockIdx.x * kSide, first_column = blockIdx.y * kSide;
  const unsigned across = threadIdx.x % kSide, down = threadIdx.x / kSide;
  float sum[kOwn] = {};
  for (unsigned k = 0; k < depth; k += kSide) {
    for (unsigned i = 0; i < kOwn; ++i) {
      const unsigned r = down + i * (kThreads / kSide);
      const bool in = k + across < depth;
      xs[r * kPitch + across] =
          in && first_row + r < rows ? x[std::size_t{first_row + r} * depth + k + across] : 0.0F;
      ws[r * kPitch + across] = in && first_column + r < columns
                                    ? w[std::size_t{first_column + r} * stride + k + across]
                                    : 0.0F;
    }
    __syncthreads();
    for (unsigned j = 0; j < kSide; ++j) {
      for (unsigned i = 0; i < kOwn; ++i) {
        sum[i] =
            fmaf(xs[(down + i * (kThreads / kSide)) * kPitch + j], ws[across * kPitch + j], sum[i]);
      }
    }
    __syncthreads();
  }
  const unsigned column = first_column + across;
  for (unsigned i = 0; i < kOwn; ++i) {
    const unsigned row = first_row + down + i * (kThreads / kSide);
    if (row >= rows || column >= columns) continue;
    float* const to = y + std::size_t{row} * columns + column;
    const float value = sum[i] + (bias != nullptr ? bias[column] : 0.0F);
    *to = adds ? *to + value : value;
  }
}

}  // namespace

void multiply32(cudaStream_t stream, Rows x, const Target<DeviceMatrix>& target) {
  const DeviceMatrix& weights = *target.weights;
  const auto tiles = [](std::size_t n) { return static_cast<unsigned>((n + kSide - 1) / kSide); };
  launch(stream, "multiply32", multiply32_kernel, dim3(tiles(x.count), tiles(weights.rows)),
         kThreads, 2 * kSide * kPitch * sizeof(float), x.data, static_cast<unsigned>(x.count),
         static_cast<const float*>(weights.data), weights.stride,
         static_cast<unsigned>(weights.rows), static_cast<unsigned>(x.width), target.bias,
         target.adds, target.y);
}

}  // namespace vernier::engine::cuda

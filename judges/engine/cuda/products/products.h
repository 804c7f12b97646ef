// y = x W' on the device's matrix units, with kernels of our own: the sum over k of every output is
// taken in the same steps of 16 whatever the number of rows, so that a row's bits depend on that
// row alone.
#pragma once

#include <cuda_runtime.h>

#include <span>

#include "judges/engine/backend/tensor.h"
#include "judges/engine/cuda/kernels/copy16.h"

namespace vernier::engine::cuda {

/// Weights on the device, an output a row.
struct DeviceMatrix {
  const void* data = nullptr;
  DType type = DType::kF16;  ///< F32, F16 or BF16
  std::size_t rows = 0, columns = 0;
  std::size_t stride = 0;  ///< numbers from row to row: of 16 bits a multiple of 8, zeros behind
};

/// One of at most kMostTargets products of the same x: y [R, O] = x [R, I] W' (+ bias [O]); `adds`:
/// y += instead.
template <typename Weights>
struct Target {
  const Weights* weights;
  const float* bias;
  float* y;
  bool adds = false;
};
inline constexpr std::size_t kMostTargets = 3;

/// Weights alike in type, columns and stride. x in their type, its stride at least theirs.
void multiply16(cudaStream_t stream, Copy16 x, std::size_t rows,
                std::span<const Target<DeviceMatrix>> targets);

/// The same in 32 bits, without matrix units: for checkpoints of 32 bits.
void multiply32(cudaStream_t stream, Rows x, const Target<DeviceMatrix>& target);

}  // namespace vernier::engine::cuda

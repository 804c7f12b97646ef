// y = x W' on the device's matrix units, with kernels of our own: the sum over k of every output is
// taken in the same steps of 16 whatever the number of rows, so that a row's bits depend on that
// row alone.
#pragma once

#include <cuda_runtime.h>

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

/// y [R, O] = x [R, I] W' (+ bias [O]); `adds`: y += instead. x in the weights' type, its stride at
/// least the weights'.
void multiply16(cudaStream_t stream, Copy16 x, std::size_t rows, const DeviceMatrix& weights,
                const float* bias, bool adds, float* y);

/// The same in 32 bits, without matrix units: for checkpoints of 32 bits.
void multiply32(cudaStream_t stream, Rows x, const DeviceMatrix& weights, const float* bias,
                bool adds, float* y);

}  // namespace vernier::engine::cuda

// What is wanted of logits.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>

#include "judges/engine/backend/tensor.h"

namespace vernier::engine::cuda {

/// Of each row of logits [R, V]: the log of its sum of exponentials, on the device.
void log_sum_exp(cudaStream_t stream, Rows logits, float* out);
/// Of each row: the number of its largest, the lowest of equally large ones.
void argmax(cudaStream_t stream, Rows logits, std::uint32_t* out);

}  // namespace vernier::engine::cuda

// Layer norm and RMS norm: a block a row, so that a row's result depends on that row alone.
#pragma once

#include <cuda_runtime.h>

#include "judges/engine/backend/tensor.h"
#include "judges/engine/cuda/kernels/copy16.h"

namespace vernier::engine::cuda {

/// y [R, C] = x / sqrt(mean(x^2) + eps) * weight. y may be x.
void rms_norm(cudaStream_t stream, Rows x, const float* weight, float eps, Rows y, Copy16 copy);

/// y [R, C] = (x - mean) / sqrt(variance + eps) * weight + bias. y may be x.
void layer_norm(cudaStream_t stream, Rows x, const float* weight, const float* bias, float eps,
                Rows y, Copy16 copy);

}  // namespace vernier::engine::cuda

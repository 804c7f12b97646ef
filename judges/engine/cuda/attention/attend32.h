// Attention over pages of 32 bits, a warp a query: for checkpoints of 32 bits.
#pragma once

#include "judges/engine/cuda/attention/look.h"

namespace vernier::engine::cuda {

void attend32(cudaStream_t stream, const Look& look, Copy16 copy);

}  // namespace vernier::engine::cuda

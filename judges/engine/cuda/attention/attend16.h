// Attention over pages of 16 bits, on the matrix units.
#pragma once

#include "judges/engine/cuda/attention/look.h"

namespace vernier::engine::cuda {

void attend16(cudaStream_t stream, const Look& look, Copy16 copy);

}  // namespace vernier::engine::cuda

// The CUDA backend as a shared object of its own.
#include "judges/engine/device/cuda_plugin.h"

#include "judges/engine/cuda/cuda_backend.h"

int vernier_cuda_interface() { return vernier::engine::kCudaInterface; }

vernier::engine::Backend* vernier_cuda_open(int number, bool deterministic) {
  return vernier::engine::cuda::make_cuda_backend(number, deterministic).release();
}

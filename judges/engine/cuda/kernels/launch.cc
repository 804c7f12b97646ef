#include "judges/engine/cuda/kernels/launch.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vernier::engine::cuda {

void check(cudaError_t error, const char* what) {
  if (error == cudaSuccess) return;
  throw Error(ExitCode::kResource, fmt::format("CUDA: {}: {}", what, cudaGetErrorString(error)));
}

void refuse(const char* what, std::size_t is, std::size_t most) {
  throw Error(ExitCode::kResource,
              fmt::format("CUDA: {}: {}, at most {} are supported", what, is, most));
}

}  // namespace vernier::engine::cuda

// Which device the tests of the CUDA backend are for: the machine's own. Without one they are
// skipped.
#pragma once

#include <cuda_runtime.h>

#include <string>
#include <vector>

namespace vernier::engine {

inline bool device_is_there() {
  int count = 0;
  return cudaGetDeviceCount(&count) == cudaSuccess && count > 0;
}
/// Errors of work that was started and not waited for.
inline std::vector<std::string> found_by_device() {
  const cudaError_t error = device_is_there() ? cudaDeviceSynchronize() : cudaSuccess;
  if (error == cudaSuccess) return {};
  return {cudaGetErrorString(error)};
}

}  // namespace vernier::engine

// Starting kernels; errors of the CUDA runtime become Error(kResource).
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <utility>

namespace vernier::engine::cuda {

/// Throws Error(kResource): "CUDA: WHAT: out of memory".
void check(cudaError_t error, const char* what);

/// Throws Error(kResource): "CUDA: numbers of a head: 256, at most 128 are supported".
[[noreturn]] void refuse(const char* what, std::size_t is, std::size_t most);

/// Lets a kernel have more than 48 KiB of shared memory; the first call does it.
template <auto kernel>
void allow_shared_bytes(const char* name, std::size_t bytes) {
  static const cudaError_t error = cudaFuncSetAttribute(
      kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes));
  check(error, name);
}

template <typename... Parameters, typename... Arguments>
void launch(cudaStream_t stream, const char* name, void (*kernel)(Parameters...), dim3 grid,
            dim3 block, std::size_t shared_bytes, Arguments&&... arguments) {
  cudaLaunchConfig_t config{};
  config.gridDim = grid;
  config.blockDim = block;
  config.dynamicSmemBytes = shared_bytes;
  config.stream = stream;
  check(cudaLaunchKernelEx(&config, kernel, std::forward<Arguments>(arguments)...), name);
}

}  // namespace vernier::engine::cuda

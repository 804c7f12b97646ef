// In place of CUDA's header of this name: its part that vernier uses, on the emulated device.
// Names, signatures and error codes are those of the CUDA runtime API, as documented.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "tests/cuda_emulation/machine/block.h"
#include "tests/cuda_emulation/machine/launch.h"
#include "tests/cuda_emulation/toolkit/runtime_api.h"
#include "tests/cuda_emulation/toolkit/vector_types.h"

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __grid_constant__

namespace vernier::emulation {

/// Reads as a number: the running thread's.
template <Index (*of)(), unsigned Index::*axis>
struct Axis {
  operator unsigned() const {
    const Index index = of();
    return index.*axis;
  }
};
template <Index (*of)()>
struct Axes {
  Axis<of, &Index::x> x;
  Axis<of, &Index::y> y;
  Axis<of, &Index::z> z;
};

// Not inline: what the emulation itself touches is not the kernel's doing.
Index thread_index();
Index block_index();
Index block_size();
Index grid_size();
unsigned lane();
/// All lanes of the mask give `bytes` (up to 64), and get what lane `source` gave.
void shuffle(const char* name, unsigned mask, void* value, std::size_t bytes, unsigned source);

template <typename T>
T shuffled(const char* name, unsigned mask, T value, unsigned source) {
  shuffle(name, mask, &value, sizeof value, source);
  return value;
}

}  // namespace vernier::emulation

inline constexpr vernier::emulation::Axes<vernier::emulation::thread_index> threadIdx;
inline constexpr vernier::emulation::Axes<vernier::emulation::block_index> blockIdx;
inline constexpr vernier::emulation::Axes<vernier::emulation::block_size> blockDim;
inline constexpr vernier::emulation::Axes<vernier::emulation::grid_size> gridDim;

void __syncthreads();
void __syncwarp(unsigned mask = 0xFFFFFFFFU);
unsigned __ballot_sync(unsigned mask, int predicate);

template <typename T>
T __shfl_sync(unsigned mask, T value, int lane) {
  return vernier::emulation::shuffled("__shfl_sync", mask, value, static_cast<unsigned>(lane) % 32);
}
template <typename T>
T __shfl_xor_sync(unsigned mask, T value, int lanes) {
  const unsigned source = vernier::emulation::lane() ^ static_cast<unsigned>(lanes);
  return vernier::emulation::shuffled("__shfl_xor_sync", mask, value, source);
}
template <typename T>
T __shfl_down_sync(unsigned mask, T value, unsigned by) {
  const unsigned own = vernier::emulation::lane();
  return vernier::emulation::shuffled("__shfl_down_sync", mask, value,
                                      own + by < 32 ? own + by : own);
}

inline float rsqrtf(float x) { return 1.0F / std::sqrt(x); }
inline float __expf(float x) { return std::exp(x); }
inline float __fdividef(float x, float y) { return x / y; }
inline float __int_as_float(int x) { return __builtin_bit_cast(float, x); }
inline int __float_as_int(float x) { return __builtin_bit_cast(int, x); }

struct cudaLaunchAttribute {
  int id = 0;
};

struct cudaLaunchConfig_t {
  dim3 gridDim, blockDim;
  std::size_t dynamicSmemBytes = 0;
  cudaStream_t stream = nullptr;
  cudaLaunchAttribute* attrs = nullptr;
  unsigned numAttrs = 0;
};

template <typename... Wanted, typename... Given>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Wanted...),
                               Given&&... given) {
  struct Bound {
    void (*kernel)(Wanted...);
    std::tuple<Wanted...> arguments;
  } bound{kernel, {std::forward<Given>(given)...}};
  const cudaLaunchConfig_t c = *config;
  return vernier::emulation::in_stream(c.stream, [c, bound] {
    const vernier::emulation::Call call{[](const void* bytes) {
                                          const Bound& b = *static_cast<const Bound*>(bytes);
                                          std::apply(b.kernel, b.arguments);
                                        },
                                        &bound, sizeof bound};
    return vernier::emulation::run({{c.gridDim.x, c.gridDim.y, c.gridDim.z},
                                    {c.blockDim.x, c.blockDim.y, c.blockDim.z},
                                    c.dynamicSmemBytes,
                                    reinterpret_cast<const void*>(bound.kernel),
                                    call});
  });
}

template <typename Kernel>
cudaError_t cudaFuncSetAttribute(Kernel* kernel, cudaFuncAttribute attribute, int value) {
  if (attribute != cudaFuncAttributeMaxDynamicSharedMemorySize) return cudaErrorInvalidValue;
  vernier::emulation::allow_shared_bytes(reinterpret_cast<const void*>(kernel),
                                         static_cast<std::size_t>(value));
  return cudaSuccess;
}

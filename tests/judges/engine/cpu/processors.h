// The kernels that this processor can run.
#pragma once

#include <vector>

#include "judges/engine/cpu/kernels/kernels.h"

namespace vernier::engine::cpu {

inline std::vector<const Kernels*> processors() {
  std::vector<const Kernels*> out{&kPortableKernels};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    out.push_back(&kAvx2Kernels);
  }
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vnni")) {
    out.push_back(&kAvx512Kernels);
  }
#endif
  return out;
}

}  // namespace vernier::engine::cpu

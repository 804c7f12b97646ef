#include "base/cpu/cpu_level.h"
#include "judges/engine/cpu/kernels/kernels.h"

namespace vernier::engine::cpu {

const Kernels& best_kernels() {
#if defined(__x86_64__)
  switch (cpu_level()) {
    case CpuLevel::kAvx512:
      return kAvx512Kernels;
    case CpuLevel::kAvx2:
      return kAvx2Kernels;
    case CpuLevel::kPortable:
      break;
  }
#endif
  return kPortableKernels;
}

}  // namespace vernier::engine::cpu

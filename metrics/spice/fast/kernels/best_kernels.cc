#include "base/cpu/cpu_level.h"
#include "metrics/spice/fast/kernels/kernels.h"

namespace vernier::spice {

const Kernels& best_kernels() {
#if defined(__x86_64__)
  if (cpu_level() == CpuLevel::kAvx512) return kAvx512Kernels;
  if (cpu_level() == CpuLevel::kAvx2) return kAvx2Kernels;
#endif
  return kPortableKernels;
}

}  // namespace vernier::spice

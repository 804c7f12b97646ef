#include "metrics/spice/chart/push/push.h"

namespace vernier::spice {

RunSteps run_steps_of(CpuLevel level) {
#if defined(__x86_64__)
  if (level == CpuLevel::kAvx512) return run_steps_avx512;
  if (level == CpuLevel::kAvx2) return run_steps_avx2;
#endif
  (void)level;
  return run_steps_portable;
}

}  // namespace vernier::spice

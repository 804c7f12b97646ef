#include <cstdlib>
#include <string_view>

#include "metrics/spice/fast/kernels/kernels.h"

namespace vernier::spice {

const Kernels& best_kernels() {
  static const Kernels& best = []() -> const Kernels& {
    const char* const wanted = std::getenv("VERNIER_CPU");
    const auto chosen = [wanted](const Kernels& kernels) {
      return wanted == nullptr || std::string_view(wanted) == kernels.name;
    };
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vnni") && chosen(kAvx512Kernels)) {
      return kAvx512Kernels;
    }
    if (__builtin_cpu_supports("avx2") && chosen(kAvx2Kernels)) return kAvx2Kernels;
#endif
    (void)chosen;
    return kPortableKernels;
  }();
  return best;
}

}  // namespace vernier::spice

#include "base/cpu/cpu_level.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace vernier {
namespace {

#if defined(__x86_64__)
/// Older than AVX2, but a virtual machine may hide it. (clang 14 has no name for it in
/// __builtin_cpu_supports.)
bool has_f16c() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}
#endif

CpuLevel highest() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vnni")) {
    return CpuLevel::kAvx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c()) {
    return CpuLevel::kAvx2;
  }
#endif
  return CpuLevel::kPortable;
}

CpuLevel wanted() {
  const char* const text = std::getenv("VERNIER_CPU");
  const std::string_view name = text == nullptr ? "" : text;
  return name == "portable" ? CpuLevel::kPortable
         : name == "avx2"   ? CpuLevel::kAvx2
                            : CpuLevel::kAvx512;
}

}  // namespace

CpuLevel cpu_level() {
  static const CpuLevel level = std::min(highest(), wanted());
  return level;
}

}  // namespace vernier

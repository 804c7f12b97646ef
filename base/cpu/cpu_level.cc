#include "base/cpu/cpu_level.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace vernier {
namespace {

CpuLevel highest() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vnni")) {
    return CpuLevel::kAvx512;
  }
  // F16C is older than AVX2; clang 14 has no name for it here.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CpuLevel::kAvx2;
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

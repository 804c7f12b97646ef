// What code this processor can run.
#pragma once

namespace vernier {

/// Each can run the code of those before it.
enum class CpuLevel {
  kPortable,
  kAvx2,    ///< x86-64 with AVX2, FMA and F16C
  kAvx512,  ///< x86-64 with AVX-512 F, VL, BW, DQ and VNNI
};

/// The highest that this processor has. The environment variable VERNIER_CPU (portable, avx2,
/// avx512) lowers it, for tests; results are the same bits at every level.
CpuLevel cpu_level();

}  // namespace vernier

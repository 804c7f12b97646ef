#include "judges/engine/container/values/half_range.h"

#include <cstdint>
#include <cstring>

#include "base/cpu/cpu_level.h"
#include "judges/engine/container/values/convert.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vernier::engine {
namespace {

#if defined(__x86_64__)

constexpr std::size_t kLanes = 8;

/// Of whole vectors; returns how many values.
__attribute__((target("avx,f16c"))) std::size_t read_vectors(const std::byte* in, float* out,
                                                             std::size_t size) {
  std::size_t n = 0;
  for (; n + kLanes <= size; n += kLanes) {
    __m128i halves;
    std::memcpy(&halves, in + 2 * n, sizeof halves);
    _mm256_storeu_ps(out + n, _mm256_cvtph_ps(halves));
  }
  return n;
}

__attribute__((target("avx,f16c"))) std::size_t write_vectors(const float* in, std::byte* out,
                                                              std::size_t size) {
  std::size_t n = 0;
  for (; n + kLanes <= size; n += kLanes) {
    const __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(in + n), _MM_FROUND_TO_NEAREST_INT);
    std::memcpy(out + 2 * n, &halves, sizeof halves);
  }
  return n;
}

#endif

}  // namespace

void read_halves(std::span<const std::byte> in, std::span<float> out) {
  std::size_t n = 0;
#if defined(__x86_64__)
  if (cpu_level() >= CpuLevel::kAvx2) n = read_vectors(in.data(), out.data(), out.size());
#endif
  for (; n < out.size(); ++n) {
    std::uint16_t half = 0;
    std::memcpy(&half, in.data() + 2 * n, sizeof half);
    out[n] = float_of_half(half);
  }
}

void write_halves(std::span<const float> in, std::span<std::byte> out) {
  std::size_t n = 0;
#if defined(__x86_64__)
  if (cpu_level() >= CpuLevel::kAvx2) n = write_vectors(in.data(), out.data(), in.size());
#endif
  for (; n < in.size(); ++n) {
    const std::uint16_t half = half_of(in[n]);
    std::memcpy(out.data() + 2 * n, &half, sizeof half);
  }
}

}  // namespace vernier::engine

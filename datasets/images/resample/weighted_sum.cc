#include "datasets/images/resample/weighted_sum.h"

#include <algorithm>
#include <array>

#include "datasets/images/resample/weights.h"

namespace vernier::images {
namespace {

#define VERNIER_INLINE [[gnu::always_inline]] inline

VERNIER_INLINE std::uint8_t rounded(std::int32_t sum) {
  return static_cast<std::uint8_t>(std::clamp(sum >> kWeightBits, 0, 255));
}

/// `Lanes` sums at once stay in registers over all weights.
template <std::size_t Lanes>
VERNIER_INLINE void block(const std::uint8_t* in, std::size_t stride,
                          std::span<const std::int32_t> weights, std::uint8_t* out) {
  std::array<std::int32_t, Lanes> sums;
  for (std::size_t i = 0; i < Lanes; ++i) sums[i] = 1 << (kWeightBits - 1);
  for (const std::int32_t weight : weights) {
    for (std::size_t i = 0; i < Lanes; ++i) sums[i] += weight * in[i];
    in += stride;
  }
  for (std::size_t i = 0; i < Lanes; ++i) out[i] = rounded(sums[i]);
}

template <std::size_t Lanes>
VERNIER_INLINE void sum_up(const std::uint8_t* in, std::size_t stride,
                           std::span<const std::int32_t> weights, std::size_t lanes,
                           std::uint8_t* out) {
  std::size_t i = 0;
  for (; i + Lanes <= lanes; i += Lanes) block<Lanes>(in + i, stride, weights, out + i);
  for (; i + 8 <= lanes; i += 8) block<8>(in + i, stride, weights, out + i);
  for (; i < lanes; ++i) block<1>(in + i, stride, weights, out + i);
}

void portable(const std::uint8_t* in, std::size_t stride, std::span<const std::int32_t> weights,
              std::size_t lanes, std::uint8_t* out) {
  sum_up<16>(in, stride, weights, lanes, out);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void avx2(const std::uint8_t* in, std::size_t stride,
                                  std::span<const std::int32_t> weights, std::size_t lanes,
                                  std::uint8_t* out) {
  sum_up<48>(in, stride, weights, lanes, out);
}

[[gnu::target("avx512f,avx512vl,avx512bw,avx512dq")]] void avx512(
    const std::uint8_t* in, std::size_t stride, std::span<const std::int32_t> weights,
    std::size_t lanes, std::uint8_t* out) {
  sum_up<48>(in, stride, weights, lanes, out);
}
#endif

}  // namespace

WeightedSum weighted_sum([[maybe_unused]] CpuLevel level) {
#if defined(__x86_64__)
  if (level == CpuLevel::kAvx512) return avx512;
  if (level == CpuLevel::kAvx2) return avx2;
#endif
  return portable;
}

}  // namespace vernier::images

// Stored floating-point values to single precision and back.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "judges/engine/container/values/dtype.h"

namespace vernier::engine {

/// IEEE 754 binary16, exact; a NaN becomes a quiet one with the same payload, as processors do it.
/// No denormal number enters the arithmetic: weights have many, and a processor may take a hundred
/// times as long for them or be set to treat them as zero.
inline float float_of_half(std::uint16_t half) {
  constexpr std::uint32_t kRebias = (127u - 15u) << 23, kMagic = (127u - 14u) << 23;
  const std::uint32_t bits = (half & 0x7FFFu) << 13;
  const std::uint32_t exponent = bits & 0x0F800000u;
  // 0x1.m * 2^-14 - 2^-14 = 0.m * 2^-14: what a denormal half stands for.
  const float denormal = std::bit_cast<float>(kMagic | bits) - std::bit_cast<float>(kMagic);
  // Masks, not conditions: a branch on weights costs 12 ns a value and keeps vectors away.
  const std::uint32_t is_denormal = 0u - std::uint32_t{exponent == 0};
  const std::uint32_t is_special = 0u - std::uint32_t{exponent == 0x0F800000u};
  const std::uint32_t is_nan = 0u - std::uint32_t{bits > 0x0F800000u};
  const std::uint32_t normal = (bits + kRebias + (kRebias & is_special)) | (0x00400000u & is_nan);
  const std::uint32_t sign = (half & 0x8000u) << 16;
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(denormal) & is_denormal) |
                              (normal & ~is_denormal) | sign);
}

/// bfloat16: the upper half of a single; exact.
inline float float_of_bf16(std::uint16_t value) {
  return std::bit_cast<float>(std::uint32_t{value} << 16);
}

/// To nearest, ties to even; beyond 65,504 (rounded) infinity. A NaN becomes a quiet one.
std::uint16_t half_of(float value);

/// To nearest, ties to even. A NaN becomes a quiet one.
std::uint16_t bf16_of(float value);

/// Reads F64 (rounded to nearest), F32, F16 or BF16. `in` holds out.size() elements. Throws
/// Error(kInternal) for other types and other sizes, which the loader has refused by name before.
void to_float(DType type, std::span<const std::byte> in, std::span<float> out);

/// Writes F32, F16 or BF16; `out` holds in.size() elements. Throws Error(kInternal) as to_float.
void from_float(std::span<const float> in, DType type, std::span<std::byte> out);

}  // namespace vernier::engine

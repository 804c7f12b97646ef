// Sixteen numbers at a time, for processors without AVX2: plain loops.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vernier::engine {
namespace {

struct PortableFloats {
  float v[16];
};
using Floats = PortableFloats;

template <class Make>
inline Floats each(Make make) {
  Floats out;
  for (int i = 0; i < 16; ++i) out.v[i] = make(i);
  return out;
}

inline Floats zero() { return {}; }
inline Floats all(float x) {
  return each([&](int) { return x; });
}
inline Floats load(const float* p) {
  return each([&](int i) { return p[i]; });
}
inline void store(float* p, Floats a) {
  for (int i = 0; i < 16; ++i) p[i] = a.v[i];
}
inline Floats operator+(Floats a, Floats b) {
  return each([&](int i) { return a.v[i] + b.v[i]; });
}
inline Floats operator-(Floats a, Floats b) {
  return each([&](int i) { return a.v[i] - b.v[i]; });
}
inline Floats operator*(Floats a, Floats b) {
  return each([&](int i) { return a.v[i] * b.v[i]; });
}
inline Floats operator/(Floats a, Floats b) {
  return each([&](int i) { return a.v[i] / b.v[i]; });
}
inline Floats largest(Floats a, Floats b) {
  return each([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
}
inline Floats smallest(Floats a, Floats b) {
  return each([&](int i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; });
}
inline Floats fused(Floats a, Floats b, Floats c) {
  return each([&](int i) { return __builtin_fmaf(a.v[i], b.v[i], c.v[i]); });
}
inline Floats negative_where(Floats sign, Floats a) {
  return each([&](int i) { return __builtin_signbit(sign.v[i]) ? -a.v[i] : a.v[i]; });
}
inline Floats magnitude(Floats a) {
  return each([&](int i) { return __builtin_fabsf(a.v[i]); });
}

/// 2^n for whole n from -126 to 127.
inline Floats power_of_two(Floats n) {
  return each([&](int i) {
    const std::int32_t bits = (static_cast<std::int32_t>(n.v[i]) + 127) * (1 << 23);
    float out;
    __builtin_memcpy(&out, &bits, 4);
    return out;
  });
}

inline Floats load_bf16(const std::uint16_t* p) {
  return each([&](int i) {
    const std::uint32_t bits = std::uint32_t{p[i]} << 16;
    float out;
    __builtin_memcpy(&out, &bits, 4);
    return out;
  });
}

inline Floats load_f16(const std::uint16_t* p) {
  return each([&](int i) {
    const std::uint32_t half = p[i];
    const std::uint32_t sign = (half & 0x8000U) << 16, rest = half & 0x7fffU;
    std::uint32_t bits = 0;
    if (rest >= 0x7c00U) {
      // NaN comes out quiet, as the instruction of newer processors makes it.
      bits = 0x7f800000U | (rest & 0x3ffU) << 13 | (rest > 0x7c00U ? 0x400000U : 0U);
    } else if (rest >= 0x400U) {
      bits = (rest << 13) + (112U << 23);
    } else {  // below the normal numbers: rest times 2^-24, exactly
      const float value = static_cast<float>(rest) * 0x1p-24F;
      __builtin_memcpy(&bits, &value, 4);
    }
    bits |= sign;
    float out;
    __builtin_memcpy(&out, &bits, 4);
    return out;
  });
}

/// The sum by halves: i and i + 8, then i and i + 4, ...
inline float sum(Floats a) {
  for (int half = 8; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) a.v[i] += a.v[i + half];
  }
  return a.v[0];
}

/// to = sums of a, b, c and d, plus bias if there is one.
[[gnu::always_inline]] inline void store_sums(Floats a, Floats b, Floats c, Floats d,
                                              const float* bias, float* to) {
  const float sums[] = {sum(a), sum(b), sum(c), sum(d)};
  for (int i = 0; i < 4; ++i) to[i] = bias == nullptr ? sums[i] : sums[i] + bias[i];
}

inline float largest(Floats a) {
  for (int i = 1; i < 16; ++i) a.v[0] = a.v[0] > a.v[i] ? a.v[0] : a.v[i];
  return a.v[0];
}

}  // namespace
}  // namespace vernier::engine

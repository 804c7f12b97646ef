// Sixteen numbers at a time as two vectors of eight: AVX2, FMA, F16C.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace vernier::engine {
namespace {

struct Avx2Floats {
  __m256 a, b;
};
using Floats = Avx2Floats;

inline Floats zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
inline Floats all(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
inline Floats load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
inline void store(float* p, Floats x) {
  _mm256_storeu_ps(p, x.a);
  _mm256_storeu_ps(p + 8, x.b);
}
inline Floats operator+(Floats x, Floats y) {
  return {_mm256_add_ps(x.a, y.a), _mm256_add_ps(x.b, y.b)};
}
inline Floats operator-(Floats x, Floats y) {
  return {_mm256_sub_ps(x.a, y.a), _mm256_sub_ps(x.b, y.b)};
}
inline Floats operator*(Floats x, Floats y) {
  return {_mm256_mul_ps(x.a, y.a), _mm256_mul_ps(x.b, y.b)};
}
inline Floats operator/(Floats x, Floats y) {
  return {_mm256_div_ps(x.a, y.a), _mm256_div_ps(x.b, y.b)};
}
inline Floats largest(Floats x, Floats y) {
  return {_mm256_max_ps(x.a, y.a), _mm256_max_ps(x.b, y.b)};
}
inline Floats smallest(Floats x, Floats y) {
  return {_mm256_min_ps(x.a, y.a), _mm256_min_ps(x.b, y.b)};
}
inline Floats fused(Floats x, Floats y, Floats z) {
  return {_mm256_fmadd_ps(x.a, y.a, z.a), _mm256_fmadd_ps(x.b, y.b, z.b)};
}
inline Floats negative_where(Floats sign, Floats x) {
  const __m256 bit = _mm256_set1_ps(-0.0F);
  return {_mm256_xor_ps(x.a, _mm256_and_ps(sign.a, bit)),
          _mm256_xor_ps(x.b, _mm256_and_ps(sign.b, bit))};
}
inline Floats magnitude(Floats x) {
  const __m256 bit = _mm256_set1_ps(-0.0F);
  return {_mm256_andnot_ps(bit, x.a), _mm256_andnot_ps(bit, x.b)};
}

inline __m256 power_of_two(__m256 n) {
  const __m256i exponent = _mm256_add_epi32(_mm256_cvttps_epi32(n), _mm256_set1_epi32(127));
  return _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23));
}
/// 2^n for whole n from -126 to 127.
inline Floats power_of_two(Floats n) { return {power_of_two(n.a), power_of_two(n.b)}; }

inline __m128i eight(const std::uint16_t* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
inline Floats load_f16(const std::uint16_t* p) {
  return {_mm256_cvtph_ps(eight(p)), _mm256_cvtph_ps(eight(p + 8))};
}
inline __m256 from_bf16(__m128i x) {
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(x), 16));
}
inline Floats load_bf16(const std::uint16_t* p) {
  return {from_bf16(eight(p)), from_bf16(eight(p + 8))};
}

/// The sum by halves: i and i + 8, then i and i + 4, ...
inline float sum(Floats x) {
  const __m256 eight = _mm256_add_ps(x.a, x.b);
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

/// to = sums of a, b, c and d, plus bias if there is one: the halves of two are added at once.
[[gnu::always_inline]] inline void store_sums(Floats a, Floats b, Floats c, Floats d,
                                              const float* bias, float* to) {
  const auto fours = [](Floats x, Floats y) {
    const __m256 u = _mm256_add_ps(x.a, x.b), v = _mm256_add_ps(y.a, y.b);
    return _mm256_add_ps(_mm256_permute2f128_ps(u, v, 0x20), _mm256_permute2f128_ps(u, v, 0x31));
  };
  const __m256 first = fours(a, b), second = fours(c, d);
  const __m256 two =
      _mm256_add_ps(_mm256_shuffle_ps(first, second, 0x44), _mm256_shuffle_ps(first, second, 0xee));
  const __m256 one =
      _mm256_add_ps(_mm256_shuffle_ps(two, two, 0x88), _mm256_shuffle_ps(two, two, 0xdd));
  // 0 and 2 are in the lower half, 1 and 3 in the upper.
  __m128 sums = _mm_unpacklo_ps(_mm256_castps256_ps128(one), _mm256_extractf128_ps(one, 1));
  if (bias != nullptr) sums = _mm_add_ps(sums, _mm_loadu_ps(bias));
  _mm_storeu_ps(to, sums);
}

inline float largest(Floats x) {
  const __m256 eight = _mm256_max_ps(x.a, x.b);
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

}  // namespace
}  // namespace vernier::engine

// Sums of sixteen outputs over weights of few bits: AVX-512 VNNI. A number's two bytes, both with a
// sign, are multiplied apart: the instruction takes four products of bytes a lane.
#pragma once

#include "judges/engine/cpu/kernels/lanes/avx512.h"

namespace vernier::engine {
namespace {

/// With kApart, sums of the first four and the last four of eight inputs: few rows of inputs have
/// too few sums to keep the processor from waiting for them.
template <bool kApart>
struct Avx512Sums {
  __m512i high[kApart ? 2 : 1], low[kApart ? 2 : 1];
};
template <int R>
using Sums = Avx512Sums<(R <= 2)>;

template <bool kApart>
inline Floats to_floats(const Avx512Sums<kApart>& x) {
  __m512i high = x.high[0], low = x.low[0];
  if constexpr (kApart) {
    high = _mm512_add_epi32(high, x.high[1]);
    low = _mm512_add_epi32(low, x.low[1]);
  }
  return {_mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_slli_epi32(high, 8), low))};
}

/// Codes of eight inputs, a byte each.
struct Avx512Codes {
  __m512i first, last;
};

struct Avx512Nibbles {
  static constexpr std::size_t kBytes = 64;
  static Avx512Codes load(const std::uint8_t* p) {
    const __m512i both = _mm512_loadu_si512(p), mask = _mm512_set1_epi8(15);
    return {_mm512_and_si512(both, mask), _mm512_and_si512(_mm512_srli_epi16(both, 4), mask)};
  }
};
struct Avx512Bytes {
  static constexpr std::size_t kBytes = 128;
  static Avx512Codes load(const std::uint8_t* p) {
    return {_mm512_loadu_si512(p), _mm512_loadu_si512(p + 64)};
  }
};
using Nibbles = Avx512Nibbles;
using Bytes = Avx512Bytes;

/// Four bytes in every lane.
inline __m512i four_bytes(const std::uint8_t* p) {
  int bytes;
  __builtin_memcpy(&bytes, p, sizeof bytes);
  return _mm512_set1_epi32(bytes);
}

/// Eight inputs of R rows, `stride` bytes apart.
template <int R, class Stored, class S>
[[gnu::always_inline]] inline void add_products(const std::uint8_t* codes, const std::uint8_t* x,
                                                std::size_t stride, S (&sums)[R]) {
  const Avx512Codes weights = Stored::load(codes);
  for (int r = 0; r < R; ++r) {
    constexpr int kLast = sizeof(sums[r].high) / sizeof(__m512i) - 1;
    const std::uint8_t* const in = x + static_cast<std::size_t>(r) * stride;
    __m512i &high = sums[r].high[0], &low = sums[r].low[0];
    high = _mm512_dpbusd_epi32(high, weights.first, four_bytes(in));
    low = _mm512_dpbusd_epi32(low, weights.first, four_bytes(in + 4));
    __m512i &last_high = sums[r].high[kLast], &last_low = sums[r].low[kLast];
    last_high = _mm512_dpbusd_epi32(last_high, weights.last, four_bytes(in + 8));
    last_low = _mm512_dpbusd_epi32(last_low, weights.last, four_bytes(in + 12));
  }
}

/// Sixteen whole numbers as 256 * high + low: of four each their high bytes, then their low ones.
inline void store_rounded(Floats x, std::uint8_t* to) {
  const __m512i whole = _mm512_cvtps_epi32(x.v);
  const __m512i above = _mm512_srai_epi32(_mm512_add_epi32(whole, _mm512_set1_epi32(128)), 8);
  const __m128i high = _mm512_cvtepi32_epi8(above), low = _mm512_cvtepi32_epi8(whole);
  auto* const lines = reinterpret_cast<__m128i*>(to);
  _mm_storeu_si128(lines, _mm_unpacklo_epi32(high, low));
  _mm_storeu_si128(lines + 1, _mm_unpackhi_epi32(high, low));
}

inline Floats load_bytes(const std::uint8_t* p) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  return {_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes))};
}

}  // namespace
}  // namespace vernier::engine

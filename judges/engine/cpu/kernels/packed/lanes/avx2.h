// Sums of sixteen outputs over weights of few bits: AVX2. Weights become pairs of 16 bits, since
// the instruction for bytes adds its products in 16 bits.
#pragma once

#include "judges/engine/cpu/kernels/lanes/avx2.h"

namespace vernier::engine {
namespace {

struct Avx2Sums {
  __m256i half[2];  ///< eight outputs each
};
template <int R>
using Sums = Avx2Sums;

inline Floats to_floats(const Avx2Sums& x) {
  return {_mm256_cvtepi32_ps(x.half[0]), _mm256_cvtepi32_ps(x.half[1])};
}

inline __m256i thirty_two_bytes(const std::uint8_t* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

/// sum += the products of pairs. Compilers would add the products of a step first, and the sum
/// last; there are too few registers for that, and it takes a quarter longer.
[[gnu::always_inline]] inline void add_pairs(__m256i x, __m256i y, __m256i& sum) {
  sum = _mm256_add_epi32(sum, _mm256_madd_epi16(x, y));
  asm("" : "+x"(sum));
}

/// Two numbers in every lane.
inline __m256i two_numbers(const std::uint8_t* p) {
  int numbers;
  __builtin_memcpy(&numbers, p, sizeof numbers);
  return _mm256_set1_epi32(numbers);
}

/// Codes of eight inputs, unpacked to pairs of inputs 0 and 2, 1 and 3, 4 and 6, 5 and 7: calls
/// f(number of the pair, pairs of eight outputs, pairs of the other eight).
struct Avx2Nibbles {
  static constexpr std::size_t kBytes = 64;
  template <class F>
  [[gnu::always_inline]] static void for_pairs(const std::uint8_t* p, const F& f) {
    const __m256i a = thirty_two_bytes(p), b = thirty_two_bytes(p + 32);
    const __m256i mask = _mm256_set1_epi16(15);
    f(0, _mm256_and_si256(a, mask), _mm256_and_si256(b, mask));
    f(1, _mm256_and_si256(_mm256_srli_epi16(a, 8), mask),
      _mm256_and_si256(_mm256_srli_epi16(b, 8), mask));
    f(2, _mm256_and_si256(_mm256_srli_epi16(a, 4), mask),
      _mm256_and_si256(_mm256_srli_epi16(b, 4), mask));
    f(3, _mm256_srli_epi16(a, 12), _mm256_srli_epi16(b, 12));
  }
};
struct Avx2Bytes {
  static constexpr std::size_t kBytes = 128;
  template <class F>
  [[gnu::always_inline]] static void for_pairs(const std::uint8_t* p, const F& f) {
    const __m256i mask = _mm256_set1_epi16(255);
    for (int i = 0; i < 4; i += 2, p += 64) {
      const __m256i a = thirty_two_bytes(p), b = thirty_two_bytes(p + 32);
      f(i, _mm256_and_si256(a, mask), _mm256_and_si256(b, mask));
      f(i + 1, _mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8));
    }
  }
};
using Nibbles = Avx2Nibbles;
using Bytes = Avx2Bytes;

/// Eight inputs of R rows, `stride` bytes apart.
template <int R, class Stored>
[[gnu::always_inline]] inline void add_products(const std::uint8_t* codes, const std::uint8_t* x,
                                                std::size_t stride, Avx2Sums (&sums)[R]) {
  Stored::for_pairs(
      codes, [&](int i, __m256i first, __m256i second) __attribute__((always_inline)) {
        for (int r = 0; r < R; ++r) {
          const __m256i in = two_numbers(x + static_cast<std::size_t>(r) * stride + 4 * i);
          __m256i(&half)[2] = sums[r].half;
          add_pairs(first, in, half[0]);
          add_pairs(second, in, half[1]);
        }
      });
}

/// Sixteen whole numbers in 16 bits; of four the first, third, second and last.
inline void store_rounded(Floats x, std::uint8_t* to) {
  const __m256i mixed = _mm256_packs_epi32(_mm256_cvtps_epi32(x.a), _mm256_cvtps_epi32(x.b));
  const __m256i whole = _mm256_permute4x64_epi64(mixed, 0xd8);
  const __m256i pairs = _mm256_shufflehi_epi16(_mm256_shufflelo_epi16(whole, 0xd8), 0xd8);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), pairs);
}

inline __m256 eight_bytes(const std::uint8_t* p) {
  const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
  return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes));
}
inline Floats load_bytes(const std::uint8_t* p) { return {eight_bytes(p), eight_bytes(p + 8)}; }

}  // namespace
}  // namespace vernier::engine

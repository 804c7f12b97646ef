#if defined(__x86_64__)

#include <immintrin.h>

#include "metrics/spice/fast/kernels/kernels_in_lanes.h"

namespace vernier::spice {
namespace {

// Rows and panels of a block: 4 times 2 registers of sums leave room for the rest.
constexpr std::size_t kRows = 4;

inline int four(const std::int8_t* p) {
  int value = 0;
  __builtin_memcpy(&value, p, 4);
  return value;
}

/// Sums of products of bytes: |a| as unsigned times w with the sign of a. A pair of products is at
/// most 2 * 127 * 127 and fits 16 bits.
inline __m256i add_products(__m256i total, __m256i a, __m256i magnitude, __m256i w) {
  const __m256i pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(w, a));
  return _mm256_add_epi32(total, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

template <std::size_t rows>
void multiply_rows(const std::int8_t* a, std::size_t stride, const PackedMatrix& m,
                   std::int32_t* out) {
  const std::int8_t* w = m.entries;
  for (std::size_t c = 0; c < m.columns; c += kLanes) {
    __m256i total[rows][2] = {};
    for (std::size_t k = 0; k < m.depth; k += 4, w += 4 * kLanes) {
      const __m256i left = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w));
      const __m256i right = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w + 32));
      for (std::size_t r = 0; r < rows; ++r) {
        const __m256i x = _mm256_set1_epi32(four(a + r * stride + k));
        const __m256i magnitude = _mm256_abs_epi8(x);
        total[r][0] = add_products(total[r][0], x, magnitude, left);
        total[r][1] = add_products(total[r][1], x, magnitude, right);
      }
    }
    for (std::size_t r = 0; r < rows; ++r) {
      auto* const to = reinterpret_cast<__m256i*>(out + r * m.columns + c);
      _mm256_storeu_si256(to, total[r][0]);
      _mm256_storeu_si256(to + 1, total[r][1]);
    }
  }
}

void multiply(const std::int8_t* a, std::size_t rows, std::size_t stride, const PackedMatrix& m,
              std::int32_t* out) {
  for (; rows >= kRows; rows -= kRows, a += kRows * stride, out += kRows * m.columns) {
    multiply_rows<kRows>(a, stride, m, out);
  }
  for (; rows > 0; --rows, a += stride, out += m.columns) multiply_rows<1>(a, stride, m, out);
}

}  // namespace

const Kernels kAvx2Kernels = make_kernels("avx2", multiply);

}  // namespace vernier::spice

#endif

#if defined(__x86_64__)

#include <immintrin.h>

#include "metrics/spice/fast/kernels/kernels_in_lanes.h"

namespace vernier::spice {
namespace {

inline std::uint32_t four(const std::int8_t* p) {
  std::uint32_t value = 0;
  __builtin_memcpy(&value, p, 4);
  return value;
}

/// The instruction wants one unsigned factor: a + 128, which adds 128 times the column's sum.
template <std::size_t rows, std::size_t panels>
void multiply_block(const std::int8_t* a, std::size_t stride, const PackedMatrix& m, std::size_t c,
                    std::int32_t* out) {
  const std::size_t panel = m.depth * kLanes;
  const std::int8_t* const w = m.entries + c / kLanes * panel;
  __m512i total[rows][panels];
  for (std::size_t p = 0; p < panels; ++p) {
    const Ints sums = load(m.sums + c + p * kLanes) * -128;
    for (std::size_t r = 0; r < rows; ++r) total[r][p] = reinterpret_cast<__m512i>(sums);
  }
  for (std::size_t k = 0; k < m.depth; k += 4) {
    __m512i column[panels];
    for (std::size_t p = 0; p < panels; ++p) {
      column[p] = _mm512_loadu_si512(w + p * panel + k * kLanes);
    }
    for (std::size_t r = 0; r < rows; ++r) {
      const __m512i x = _mm512_set1_epi32(static_cast<int>(four(a + r * stride + k) ^ 0x80808080U));
      for (std::size_t p = 0; p < panels; ++p) {
        total[r][p] = _mm512_dpbusd_epi32(total[r][p], x, column[p]);
      }
    }
  }
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t p = 0; p < panels; ++p) {
      _mm512_storeu_si512(out + r * m.columns + c + p * kLanes, total[r][p]);
    }
  }
}

template <std::size_t rows>
void multiply_rows(const std::int8_t* a, std::size_t stride, const PackedMatrix& m,
                   std::int32_t* out) {
  std::size_t c = 0;
  for (; c + 4 * kLanes <= m.columns; c += 4 * kLanes) {
    multiply_block<rows, 4>(a, stride, m, c, out);
  }
  for (; c < m.columns; c += kLanes) multiply_block<rows, 1>(a, stride, m, c, out);
}

void multiply(const std::int8_t* a, std::size_t rows, std::size_t stride, const PackedMatrix& m,
              std::int32_t* out) {
  std::size_t r = 0;
  // 6 times 4 sums, 4 columns and the row at hand take 29 of 32 registers.
  for (; r + 6 <= rows; r += 6) multiply_rows<6>(a + r * stride, stride, m, out + r * m.columns);
  for (; r + 3 <= rows; r += 3) multiply_rows<3>(a + r * stride, stride, m, out + r * m.columns);
  for (; r < rows; ++r) multiply_rows<1>(a + r * stride, stride, m, out + r * m.columns);
}

}  // namespace

const Kernels kAvx512Kernels = make_kernels("avx512", multiply);

}  // namespace vernier::spice

#endif

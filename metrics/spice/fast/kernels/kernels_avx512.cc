#if defined(__x86_64__)

#include <immintrin.h>

#include "metrics/spice/fast/kernels/kernels_in_lanes.h"

namespace vernier::spice {
namespace {

inline int four(const std::uint8_t* p) {
  int value = 0;
  __builtin_memcpy(&value, p, 4);
  return value;
}

/// `a` holds bytes + 128: the instruction wants one unsigned factor. That adds 128 times the
/// column's sum.
template <std::size_t rows, std::size_t panels>
void multiply_block(const std::uint8_t* a, std::size_t stride, const PackedMatrix& m, std::size_t c,
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
      const __m512i x = _mm512_set1_epi32(four(a + r * stride + k));
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

/// 16 sums at most: GCC 12 keeps 24 (with 29 registers of 32 in use) in memory, which takes twice
/// as long.
template <std::size_t rows>
void multiply_rows(const std::uint8_t* a, std::size_t stride, const PackedMatrix& m,
                   std::int32_t* out) {
  constexpr std::size_t panels = rows <= 4 ? 4 : 2;
  std::size_t c = 0;
  for (; c + panels * kLanes <= m.columns; c += panels * kLanes) {
    multiply_block<rows, panels>(a, stride, m, c, out);
  }
  for (; c < m.columns; c += kLanes) multiply_block<rows, 1>(a, stride, m, c, out);
}

constexpr std::size_t kMostRows = 8;
using MultiplyRows = void (*)(const std::uint8_t* a, std::size_t stride, const PackedMatrix& m,
                              std::int32_t* out);
constexpr MultiplyRows kByRows[kMostRows + 1] = {
    nullptr,          multiply_rows<1>, multiply_rows<2>, multiply_rows<3>, multiply_rows<4>,
    multiply_rows<5>, multiply_rows<6>, multiply_rows<7>, multiply_rows<8>};

/// Tiles of about as many rows each, so that the matrix is read seldom and none has few.
void multiply(const std::int8_t* a, std::size_t rows, std::size_t stride, const PackedMatrix& m,
              std::int32_t* out) {
  std::uint8_t shifted[kMostRows * kMaxDepth];
  std::size_t tiles = (rows + kMostRows - 1) / kMostRows;
  for (; tiles > 0; --tiles) {
    const std::size_t count = rows / tiles;
    const std::size_t bytes = (count - 1) * stride + m.depth;
    for (std::size_t i = 0; i < bytes; ++i) shifted[i] = static_cast<std::uint8_t>(a[i] ^ 0x80);
    kByRows[count](shifted, stride, m, out);
    a += count * stride;
    out += count * m.columns;
    rows -= count;
  }
}

}  // namespace

const Kernels kAvx512Kernels = make_kernels("avx512", multiply);

}  // namespace vernier::spice

#endif

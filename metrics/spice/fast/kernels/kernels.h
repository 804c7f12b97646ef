// The arithmetic of the fast parser's network, once for each kind of processor.
//
// Products of matrices are sums of 8-bit integers, hence exact. All other steps are done on sixteen
// numbers at a time in an order that is written down, without fused operations. So every processor
// gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vernier::spice {

/// Numbers in a vector; every width is a multiple of it.
inline constexpr std::size_t kLanes = 16;
/// Of a row and of a matrix, at most: 1024 numbers of three words.
inline constexpr std::size_t kMaxDepth = 3 * 1024;

/// A matrix of 8-bit integers: panels of 16 columns, in each four rows after the other, 16 columns
/// by 4 rows lying together. Entry (k, c) is at ((c / 16 * depth / 4 + k / 4) * 16 + c % 16) * 4 +
/// k % 4. A product times factor[c], plus bias[c], is what it stands for.
struct PackedMatrix {
  std::size_t depth;    ///< rows, a multiple of 4
  std::size_t columns;  ///< a multiple of 16
  const std::int8_t* entries;
  const std::int32_t* sums;  ///< of each column
  const float *factor, *bias;
};

struct Kernels {
  const char* name;

  /// out[r * columns + c] = the sum over k of a[r * stride + k] * entry (k, c). No a is -128;
  /// stride and depth are at most kMaxDepth.
  void (*multiply)(const std::int8_t* a, std::size_t rows, std::size_t stride,
                   const PackedMatrix& matrix, std::int32_t* out);

  /// For each row of x: minus its mean, divided by its deviation, times `scale`, rounded, within
  /// +-127.
  void (*normalise)(const float* x, std::size_t rows, std::size_t width, float scale,
                    std::int8_t* out);

  /// x += sums * factor + bias, or the same through relu.
  void (*add)(const std::int32_t* sums, const PackedMatrix& matrix, std::size_t rows, float* x);
  void (*add_relu)(const std::int32_t* sums, const PackedMatrix& matrix, std::size_t rows,
                   float* x);

  /// out = sums * factor + bias.
  void (*expand)(const std::int32_t* sums, const PackedMatrix& matrix, std::size_t rows,
                 float* out);

  /// Gated sums (train/model.py) over rows of [u, f], the first half of the numbers from the first
  /// row on, the second from the last; relu, times `scale`, rounded, at most 127. `work`: 2 * rows
  /// * width floats.
  void (*gated_sums)(const std::int32_t* sums, const PackedMatrix& matrix, std::size_t rows,
                     float scale, float* work, std::int8_t* out);

  /// The sum of products of two rows of `width` numbers.
  float (*dot)(const float* a, const float* b, std::size_t width);

  /// out[c] += the sum over k of relu(a[k] + b[k]) * matrix[k * columns + c].
  void (*add_hidden)(const float* a, const float* b, std::size_t depth, const float* matrix,
                     std::size_t columns, float* out);
};

/// The best that this processor has (base/cpu/cpu_level.h).
const Kernels& best_kernels();

extern const Kernels kPortableKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

}  // namespace vernier::spice

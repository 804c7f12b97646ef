// The engine's arithmetic on a processor, once for each kind of it.
//
// All steps are done on sixteen numbers at a time in an order that is written down, with fused
// multiplication and addition where it says so. Therefore every processor gives the same bits, and
// a row's result does not depend on the rows that are computed with it: logits are the same alone,
// in any batch, and however a prompt is cut into chunks.
#pragma once

#include <cstddef>
#include <cstdint>

#include "judges/engine/backend/pages.h"
#include "judges/engine/cpu/kernels/packed/packed_weights.h"

namespace vernier::engine::cpu {

/// How the numbers of a weight lie in memory. Conversion to 32 bits is exact.
enum class Storage : std::uint8_t { kF32, kF16, kBf16 };

/// Rows of weights: an output each, `depth` numbers long.
struct Weights {
  const void* data = nullptr;
  Storage storage = Storage::kF32;
  std::size_t rows = 0;
  std::size_t depth = 0;  ///< numbers from one row to the next, too
};

/// Keys and values of one head in pages of kPageTokens tokens. `offset` is where the head's
/// [kPageTokens, size] numbers begin in each page.
struct HeadPages {
  const float* const* pages;
  std::size_t key_offset, value_offset;
};

struct Kernels {
  const char* name;

  /// out[r][n] = sum over k of x[r][k] * weights[n][k], plus bias[n] if there is one, for n from
  /// `begin` to `end`. Lane k mod 16 adds its products in order; the lanes are added by halves.
  /// x [rows, depth]; out [rows, weights.rows]. `scratch`: scratch_floats(depth).
  void (*multiply)(const float* x, std::size_t rows, const Weights& weights, const float* bias,
                   std::size_t begin, std::size_t end, float* out, float* scratch);

  /// y = (x - mean) / sqrt(variance + eps) * weight + bias; [rows, width].
  void (*layer_norm)(const float* x, std::size_t rows, std::size_t width, const float* weight,
                     const float* bias, float eps, float* y);
  /// y = x / sqrt(mean of squares + eps) * weight; [rows, width].
  void (*rms_norm)(const float* x, std::size_t rows, std::size_t width, const float* weight,
                   float eps, float* y);

  /// In place, n numbers.
  void (*gelu)(float* x, std::size_t n);        ///< x * normal distribution(x)
  void (*gelu_tanh)(float* x, std::size_t n);   ///< its approximation by tanh
  void (*quick_gelu)(float* x, std::size_t n);  ///< x / (1 + exp(-1.702 x))
  /// gate = gate / (1 + exp(-gate)) * up.
  void (*gated_silu)(float* gate, const float* up, std::size_t n);
  void (*add)(float* x, const float* y, std::size_t n);  ///< x += y

  /// Turns the numbers i and i + half of each head by the angle whose cosine and sine are given:
  /// x [heads * 2 * half]; cos, sin [half].
  void (*rotate)(float* x, std::size_t heads, std::size_t half, const float* cos, const float* sin);

  /// out [depth] = row `row` of the weights.
  void (*unpack)(const Weights& weights, std::size_t row, float* out);

  /// Attention of `rows` queries of one head, `size` numbers each, `stride` from one to the next:
  /// query r sees keys 0 to first + r * step (step 0: all see the same). out as q. `scratch`:
  /// attention_floats(rows, keys).
  void (*attend)(const float* q, std::size_t rows, std::size_t stride, std::size_t size,
                 const HeadPages& head, std::size_t first, std::size_t step, float scale,
                 float* out, float* scratch);

  /// Log of the sum of exp(x), n > 0 numbers.
  float (*log_sum_exp)(const float* x, std::size_t n);

  /// Rows `first` to `first` + `rows` of x [.., depth] as multiply_packed takes them: whole numbers
  /// of at most 32,639, the largest of each block, to nearest, ties to even. A block with NaN or an
  /// infinity makes its row's results NaN; one with nothing above 1e-30 counts as zeros.
  void (*round_inputs)(const float* x, std::size_t rows, const PackedWeights& weights,
                       std::size_t first, const RoundedInputs& to);
  /// As multiply, for tiles `begin` to `end`. Each block's products are added as whole numbers,
  /// without rounding; then, block by block, that times both scales and the offset times the sum of
  /// the block's inputs, both fused.
  void (*multiply_packed)(const RoundedInputs& x, std::size_t rows, const PackedWeights& weights,
                          const float* bias, std::size_t begin, std::size_t end, float* out);
};

/// Numbers of scratch that a thread of `multiply` needs.
inline constexpr std::size_t kBlockRows = 32;
constexpr std::size_t scratch_floats(std::size_t depth) { return kBlockRows * (depth + 16); }
/// Of `attend` with `keys` keys at most.
inline constexpr std::size_t kAttentionRows = 6;
constexpr std::size_t attention_floats(std::size_t keys) {
  return kAttentionRows * (keys + kPageTokens);
}

/// The best that this processor has (base/cpu/cpu_level.h).
const Kernels& best_kernels();

extern const Kernels kPortableKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

}  // namespace vernier::engine::cpu

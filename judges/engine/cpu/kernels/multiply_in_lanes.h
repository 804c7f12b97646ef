// Products of matrices: rows of inputs by rows of weights. Included by the kernels of each kind of
// processor after its lanes; nothing of the standard library (an inline function compiled for a new
// processor must not be what the linker gives to all).
#pragma once

#include "judges/engine/cpu/kernels/kernels.h"

namespace vernier::engine::cpu {
namespace {

struct F32 {
  using Number = float;
  static Floats load(const float* p) { return engine::load(p); }
};
struct F16 {
  using Number = std::uint16_t;
  static Floats load(const std::uint16_t* p) { return load_f16(p); }
};
struct Bf16 {
  using Number = std::uint16_t;
  static Floats load(const std::uint16_t* p) { return load_bf16(p); }
};

/// n < 16 numbers, then zeros.
template <class Type>
inline Floats load_some(const typename Type::Number* p, std::size_t n) {
  typename Type::Number padded[16] = {};
  for (std::size_t i = 0; i < n; ++i) padded[i] = p[i];
  return Type::load(padded);
}

/// out[r][c] = x[r] . w[c] for R inputs and C weights, with all sums in registers. Weights lie
/// `depth` numbers apart.
template <int R, int C, class Type>
inline void multiply_tile(const float* x, std::size_t x_stride, std::size_t depth,
                          const typename Type::Number* w, const float* bias, float* out,
                          std::size_t out_stride) {
  Floats total[R][C];
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < C; ++c) total[r][c] = zero();
  }
  std::size_t k = 0;
  for (; k + 16 <= depth; k += 16) {
    Floats in[R];
    for (int r = 0; r < R; ++r) in[r] = load(x + static_cast<std::size_t>(r) * x_stride + k);
    for (int c = 0; c < C; ++c) {
      const Floats weight = Type::load(w + static_cast<std::size_t>(c) * depth + k);
      for (int r = 0; r < R; ++r) total[r][c] = fused(in[r], weight, total[r][c]);
    }
  }
  if (k < depth) {
    Floats in[R];
    for (int r = 0; r < R; ++r) {
      in[r] = load_some<F32>(x + static_cast<std::size_t>(r) * x_stride + k, depth - k);
    }
    for (int c = 0; c < C; ++c) {
      const Floats weight = load_some<Type>(w + static_cast<std::size_t>(c) * depth + k, depth - k);
      for (int r = 0; r < R; ++r) total[r][c] = fused(in[r], weight, total[r][c]);
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < C; ++c) {
      const float value = sum(total[r][c]);
      out[static_cast<std::size_t>(r) * out_stride + static_cast<std::size_t>(c)] =
          bias == nullptr ? value : value + bias[c];
    }
  }
}

/// All inputs by weights `count`; C at a time, then one by one.
template <int R, int C, class Type>
inline void multiply_rows(const float* x, std::size_t x_stride, std::size_t depth,
                          const typename Type::Number* w, std::size_t count, const float* bias,
                          float* out, std::size_t out_stride) {
  std::size_t c = 0;
  for (; c + C <= count; c += C) {
    multiply_tile<R, C, Type>(x, x_stride, depth, w + c * depth, bias == nullptr ? bias : bias + c,
                              out + c, out_stride);
  }
  for (; c < count; ++c) {
    multiply_tile<R, 1, Type>(x, x_stride, depth, w + c * depth, bias == nullptr ? bias : bias + c,
                              out + c, out_stride);
  }
}

template <class Type>
void unpack_numbers(const typename Type::Number* from, std::size_t n, float* to) {
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) store(to + i, Type::load(from + i));
  if (i < n) {
    float padded[16];
    store(padded, load_some<Type>(from + i, n - i));
    for (std::size_t j = 0; i + j < n; ++j) to[i + j] = padded[j];
  }
}

/// Few inputs read the weights where they are; many read a block that was converted once.
template <class Type>
void multiply_stored(const float* x, std::size_t rows, const Weights& weights, const float* bias,
                     std::size_t begin, std::size_t end, float* out, float* scratch) {
  const std::size_t depth = weights.depth, stride = weights.rows;
  const auto* const data = static_cast<const typename Type::Number*>(weights.data);
  if (rows == 1) {
    multiply_rows<1, kSingleColumns, Type>(x, depth, depth, data + begin * depth, end - begin,
                                           bias == nullptr ? bias : bias + begin, out + begin,
                                           stride);
    return;
  }
  constexpr bool converts = sizeof(typename Type::Number) != sizeof(float);
  for (std::size_t block = begin; block < end; block += kBlockRows) {
    const std::size_t count = end - block < kBlockRows ? end - block : kBlockRows;
    const float* const b = bias == nullptr ? bias : bias + block;
    const float* w = nullptr;
    if constexpr (converts) {
      unpack_numbers<Type>(data + block * depth, count * depth, scratch);
      w = scratch;
    } else {
      w = data + block * depth;
    }
    std::size_t r = 0;
    for (; r + kTileRows <= rows; r += kTileRows) {
      multiply_rows<kTileRows, kTileColumns, F32>(x + r * depth, depth, depth, w, count, b,
                                                  out + r * stride + block, stride);
    }
    for (; r < rows; ++r) {
      multiply_rows<1, kSingleColumns, F32>(x + r * depth, depth, depth, w, count, b,
                                            out + r * stride + block, stride);
    }
  }
}

void multiply(const float* x, std::size_t rows, const Weights& weights, const float* bias,
              std::size_t begin, std::size_t end, float* out, float* scratch) {
  switch (weights.storage) {
    case Storage::kF32:
      return multiply_stored<F32>(x, rows, weights, bias, begin, end, out, scratch);
    case Storage::kF16:
      return multiply_stored<F16>(x, rows, weights, bias, begin, end, out, scratch);
    case Storage::kBf16:
      return multiply_stored<Bf16>(x, rows, weights, bias, begin, end, out, scratch);
  }
}

void unpack(const Weights& weights, std::size_t row, float* out) {
  const std::size_t at = row * weights.depth;
  switch (weights.storage) {
    case Storage::kF32:
      return unpack_numbers<F32>(static_cast<const float*>(weights.data) + at, weights.depth, out);
    case Storage::kF16:
      return unpack_numbers<F16>(static_cast<const std::uint16_t*>(weights.data) + at,
                                 weights.depth, out);
    case Storage::kBf16:
      return unpack_numbers<Bf16>(static_cast<const std::uint16_t*>(weights.data) + at,
                                  weights.depth, out);
  }
}

}  // namespace
}  // namespace vernier::engine::cpu

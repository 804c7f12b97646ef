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

/// So many tiles of inputs read the weights where they are; more, a block that was converted.
constexpr std::size_t kFewTiles = 4;
/// Bytes of weights that are likely in some cache: speed is what the sums allow.
constexpr std::size_t kSmall = std::size_t{1} << 18;

/// Has the line of memory `ahead` bytes behind p brought to the second cache: of the first too
/// little is left. There need not be any memory.
inline void fetch(const void* p, std::ptrdiff_t ahead) {
  __builtin_prefetch(static_cast<const char*>(p) + ahead, 0, 2);
}

/// n < 16 numbers, then zeros.
template <class Type>
inline Floats load_some(const typename Type::Number* p, std::size_t n) {
  typename Type::Number padded[16] = {};
  for (std::size_t i = 0; i < n; ++i) padded[i] = p[i];
  return Type::load(padded);
}

/// The products of sixteen places.
template <int R, int C, class Type>
[[gnu::always_inline]] inline void add_sixteen(const float* x, std::size_t x_stride,
                                               std::size_t depth, const typename Type::Number* w,
                                               Floats (&total)[R][C]) {
  Floats in[R];
  for (int r = 0; r < R; ++r) in[r] = load(x + static_cast<std::size_t>(r) * x_stride);
  for (int c = 0; c < C; ++c) {
    const Floats weight = Type::load(w + static_cast<std::size_t>(c) * depth);
    for (int r = 0; r < R; ++r) total[r][c] = fused(in[r], weight, total[r][c]);
  }
}

/// out[r][c] = x[r] . w[c] for R inputs and C weights, with all sums in registers. Weights lie
/// `depth` numbers apart, a multiple of 16 unless C is 1: with the code for the rest, compilers
/// keep the sums of large tiles in memory (7 % slower). With kFetch, what lies `ahead` bytes behind
/// each weight is fetched on the way: processors do not look beyond the end of a row of weights by
/// themselves, and get half of what the memory can give (11 instead of 22 GB/s for rows of 960
/// halves, one core with AVX-512).
template <int R, int C, class Type, bool kFetch>
[[gnu::always_inline]] inline void multiply_tile(const float* x, std::size_t x_stride,
                                                 std::size_t depth, const typename Type::Number* w,
                                                 const float* bias, float* out,
                                                 std::size_t out_stride, std::ptrdiff_t ahead) {
  constexpr int kSteps = kFetch ? 2 : 1;  // a line of halves is fetched once
  Floats total[R][C];
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < C; ++c) total[r][c] = zero();
  }
  std::size_t k = 0;
  for (; k + kSteps * 16 <= depth; k += kSteps * 16) {
    for (int c = 0; kFetch && c < C; ++c) {
      const auto* const now = w + static_cast<std::size_t>(c) * depth + k;
      fetch(now, ahead);
      if constexpr (sizeof(*now) == 4) fetch(now + 16, ahead);
    }
    for (int step = 0; step < kSteps; ++step) {
      const std::size_t at = k + static_cast<std::size_t>(step) * 16;
      add_sixteen<R, C, Type>(x + at, x_stride, depth, w + at, total);
    }
  }
  for (; kSteps > 1 && k + 16 <= depth; k += 16) {
    add_sixteen<R, C, Type>(x + k, x_stride, depth, w + k, total);
  }
  if (C == 1 && k < depth) {
    const Floats weight = load_some<Type>(w + k, depth - k);
    for (int r = 0; r < R; ++r) {
      const float* const from = x + static_cast<std::size_t>(r) * x_stride + k;
      total[r][0] = fused(load_some<F32>(from, depth - k), weight, total[r][0]);
    }
  }
  for (int r = 0; r < R; ++r) {
    float* const to = out + static_cast<std::size_t>(r) * out_stride;
    int c = 0;
    for (; c + 4 <= C; c += 4) {
      store_sums(total[r][c], total[r][c + 1], total[r][c + 2], total[r][c + 3],
                 bias == nullptr ? bias : bias + c, to + c);
    }
    for (; c < C; ++c) {
      const float value = sum(total[r][c]);
      to[c] = bias == nullptr ? value : value + bias[c];
    }
  }
}

/// R inputs by weights `count`; C at a time, then one by one, as all of an odd depth.
template <int R, int C, class Type, bool kFetch = false>
inline void multiply_rows(const float* x, std::size_t x_stride, std::size_t depth,
                          const typename Type::Number* w, std::size_t count, const float* bias,
                          float* out, std::size_t out_stride, std::ptrdiff_t ahead = 0) {
  std::size_t c = 0;
  for (; depth % 16 == 0 && c + C <= count; c += C) {
    multiply_tile<R, C, Type, kFetch>(x, x_stride, depth, w + c * depth,
                                      bias == nullptr ? bias : bias + c, out + c, out_stride,
                                      ahead);
  }
  for (; c < count; ++c) {
    multiply_tile<R, 1, Type, false>(x, x_stride, depth, w + c * depth,
                                     bias == nullptr ? bias : bias + c, out + c, out_stride, 0);
  }
}

/// Calls f with a tile's rows as a constant, 1 to `Most`.
template <int Most, class F>
inline void with_rows(std::size_t rows, const F& f) {
  if constexpr (Most > 1) {
    if (rows < Most) return with_rows<Most - 1>(rows, f);
  }
  f.template operator()<Most>();
}

/// Calls f<R>(first) for tiles of at most Most rows each, as even as can be: seven rows as four and
/// three, since a tile of one row takes nearly as long as one of four.
template <int Most, class F>
inline void in_tiles(std::size_t rows, const F& f) {
  for (std::size_t first = 0, left = (rows + Most - 1) / Most; left > 0; --left) {
    const std::size_t now = (rows - first + left - 1) / left;
    with_rows<Most>(now, [&]<int R>() { f.template operator()<R>(first); });
    first += now;
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

/// One input. Halves from memory are read in its order, a row of weights after the other, for what
/// a processor fetches ahead by itself is best then: 27 GB/s of one core, eight rows at a time 22,
/// without fetching 12. A row's sums wait for each other, but not for those of the next. Of 32
/// bits, where more bytes come with a sum, eight rows at a time and fetching are 5 % better.
template <class Type>
void multiply_one(const float* x, std::size_t depth, const typename Type::Number* w,
                  std::size_t count, const float* bias, float* out, bool small) {
  constexpr std::size_t kBytes = sizeof(typename Type::Number);
  if (small) {
    multiply_rows<1, kSingleColumns, Type>(x, depth, depth, w, count, bias, out, count);
  } else if (kBytes == sizeof(float)) {
    multiply_rows<1, kSingleColumns, Type, true>(
        x, depth, depth, w, count, bias, out, count,
        static_cast<std::ptrdiff_t>(kSingleColumns * depth * kBytes));
  } else {
    multiply_rows<1, 1, Type>(x, depth, depth, w, count, bias, out, count);
  }
}

/// A few inputs: a weight is converted for each tile of inputs anew, while it is in the first
/// cache.
template <class Type>
void multiply_few(const float* x, std::size_t rows, std::size_t depth,
                  const typename Type::Number* w, std::size_t count, const float* bias, float* out,
                  std::size_t stride, bool fetches) {
  constexpr std::size_t kBytes = sizeof(typename Type::Number), kColumns = kTileColumns;
  for (std::size_t c = 0; c < count; c += kColumns) {
    const std::size_t now = count - c < kColumns ? count - c : kColumns;
    const float* const b = bias == nullptr ? bias : bias + c;
    in_tiles<kTileRows>(rows, [&]<int R>(std::size_t r) {
      const float* const in = x + r * depth;
      float* const to = out + r * stride + c;
      if (fetches && r == 0) {
        multiply_rows<R, kTileColumns, Type, true>(
            in, depth, depth, w + c * depth, now, b, to, stride,
            static_cast<std::ptrdiff_t>(kColumns * depth * kBytes));
      } else {
        multiply_rows<R, kTileColumns, Type>(in, depth, depth, w + c * depth, now, b, to, stride);
      }
    });
  }
}

/// Many inputs: a block of weights is converted once; the next is fetched a part with each tile.
template <class Type>
void multiply_many(const float* x, std::size_t rows, std::size_t depth,
                   const typename Type::Number* w, std::size_t count, const float* bias, float* out,
                   std::size_t stride, float* scratch) {
  constexpr std::size_t kBytes = sizeof(typename Type::Number), kLine = 64;
  const std::size_t tiles = (rows + kTileRows - 1) / kTileRows;
  for (std::size_t c = 0; c < count; c += kBlockRows) {
    const std::size_t now = count - c < kBlockRows ? count - c : kBlockRows;
    const typename Type::Number* const here = w + c * depth;
    const float* const b = bias == nullptr ? bias : bias + c;
    const float* block = nullptr;
    if constexpr (kBytes != sizeof(float)) {
      unpack_numbers<Type>(here, now * depth, scratch);
      block = scratch;
    } else {
      block = here;
    }
    const std::size_t bytes = now * depth * kBytes;
    std::size_t fetched = c + now < count ? bytes : 2 * bytes, tile = 0;
    in_tiles<kTileRows>(rows, [&]<int R>(std::size_t r) {
      for (const std::size_t end = bytes + bytes * ++tile / tiles; fetched < end;
           fetched += kLine) {
        fetch(here, static_cast<std::ptrdiff_t>(fetched));
      }
      multiply_rows<R, kTileColumns, F32>(x + r * depth, depth, depth, block, now, b,
                                          out + r * stride + c, stride);
    });
  }
}

template <class Type>
void multiply_stored(const float* x, std::size_t rows, const Weights& weights, const float* bias,
                     std::size_t begin, std::size_t end, float* out, float* scratch) {
  const std::size_t depth = weights.depth, stride = weights.rows, count = end - begin;
  const auto* const w = static_cast<const typename Type::Number*>(weights.data) + begin * depth;
  const float* const b = bias == nullptr ? bias : bias + begin;
  constexpr std::size_t kBytes = sizeof(typename Type::Number);
  const bool small = count * depth * kBytes < kSmall;
  if (rows == 1) {
    multiply_one<Type>(x, depth, w, count, b, out + begin, small);
  } else if (rows <= kFewTiles * kTileRows) {
    multiply_few<Type>(x, rows, depth, w, count, b, out + begin, stride, !small);
  } else {
    multiply_many<Type>(x, rows, depth, w, count, b, out + begin, stride, scratch);
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

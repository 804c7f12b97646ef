// Products with weights of few bits. Included by the kernels of each kind of processor after its
// lanes; nothing of the standard library, as in multiply_in_lanes.h.
#pragma once

#include "judges/engine/cpu/kernels/multiply_in_lanes.h"

namespace vernier::engine::cpu {
namespace {

/// The largest that numbers are rounded to: its two bytes, both with a sign, are 127 and 127.
constexpr float kLargestRounded = 32639.0F;
/// Blocks with nothing larger are taken for zeros: the inverse of their scale is no number.
constexpr float kSmallestBlock = 1e-30F;
constexpr std::size_t kRoundedAtATime = 128;

/// One block of n numbers, a multiple of 16: two bytes each at `numbers`; its scale and that times
/// the sum of its numbers at `scales`. NaN or an infinity among them makes both NaN.
inline void round_block(const float* x, std::size_t n, std::uint8_t* numbers, float* scales) {
  const Floats magic = all(12582912.0F);  // 1.5 * 2^23: no bits are left behind the point
  Floats most = zero(), check = zero();
  for (std::size_t i = 0; i < n; i += 16) {
    const Floats now = load(x + i);
    most = largest(most, magnitude(now));
    check = fused(now, zero(), check);  // an infinity times 0 is NaN
  }
  const float size = largest(most);
  const bool finite = sum(check) == 0.0F, counts = finite && size >= kSmallestBlock;
  const Floats inverse = all(counts ? kLargestRounded / size : 0.0F);
  Floats total = zero();
  for (std::size_t i = 0; i < n; i += 16, numbers += 32) {
    const Floats now = finite ? load(x + i) : zero();
    const Floats whole = fused(now, inverse, magic) - magic;
    total = total + whole;  // below 2^24: exact
    store_rounded(whole, numbers);
  }
  const float scale = finite ? (counts ? size / kLargestRounded : 0.0F) : __builtin_nanf("");
  scales[0] = scale;
  scales[1] = scale * sum(total);
}

void round_inputs(const float* x, std::size_t rows, const PackedWeights& weights, std::size_t first,
                  const RoundedInputs& to) {
  static_assert(kRoundedAtATime % 16 == 0);
  for (std::size_t r = first; r < first + rows; ++r) {
    const float* const row = x + r * weights.depth;
    std::uint8_t* const numbers = to.numbers + r * to.stride;
    float* scales = to.scales + r * to.scale_stride;
    for (std::size_t k = 0; k < weights.depth; k += weights.block, scales += 2) {
      if (weights.order == nullptr) {
        round_block(row + k, weights.block, numbers + 2 * k, scales);
        continue;
      }
      float gathered[kRoundedAtATime];
      for (std::size_t i = 0; i < weights.block; ++i) gathered[i] = row[weights.order[k + i]];
      round_block(gathered, weights.block, numbers + 2 * k, scales);
    }
  }
}

/// Of a group, sixteen rows each.
struct GroupLanes {
  Floats scale, offset;
};

inline GroupLanes load_group(const std::uint8_t* p, GroupStorage storage) {
  if (storage == GroupStorage::kSingles) {
    const auto* const singles = reinterpret_cast<const float*>(p);
    return {load(singles), load(singles + kPackedRows)};
  }
  const Floats scale = load_f16(reinterpret_cast<const std::uint16_t*>(p));
  return {scale, scale * (zero() - load_bytes(p + kPackedRows * sizeof(std::uint16_t)))};
}

/// So far ahead scales, and codes, are fetched. One row of inputs takes codes faster than they
/// come; then processors read best by themselves, and what is fetched far ahead is in their way: 34
/// GB/s, 28 with 8 KiB (one core with AVX-512, weights beyond all caches). More rows take them
/// slower, and do not let the processor look so far ahead: 27 GB/s for four, 14 with 1 KiB.
constexpr std::ptrdiff_t kGroupsAhead = 512, kCodesAheadOfOne = 512, kCodesAhead = 8192;

/// A row of outputs, `count` of them, at most a tile.
inline void store_outputs(Floats x, const float* bias, std::size_t count, float* out) {
  if (count >= kPackedRows) return store(out, bias == nullptr ? x : x + load(bias));
  float padded[kPackedRows];
  store(padded, x);
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = bias == nullptr ? padded[i] : padded[i] + bias[i];
  }
}

/// R rows of inputs by one tile of weights.
template <int R, class Stored, bool kFetch>
inline void multiply_packed_tile(const RoundedInputs& x, std::size_t row,
                                 const PackedWeights& weights, std::size_t tile, const float* bias,
                                 float* out) {
  const std::uint8_t* codes = weights.codes + tile * weights.tile_bytes;
  const std::uint8_t* groups =
      weights.groups + tile * (weights.depth / weights.group) * weights.group_bytes;
  const std::uint8_t* numbers = x.numbers + row * x.stride;
  const float* scales = x.scales + row * x.scale_stride;
  Floats total[R];
  for (int r = 0; r < R; ++r) total[r] = zero();
  for (std::size_t k = 0; k < weights.depth; k += weights.group, groups += weights.group_bytes) {
    const GroupLanes group = load_group(groups, weights.storage);
    if (kFetch) fetch(groups, kGroupsAhead);
    for (std::size_t b = 0; b < weights.group; b += weights.block, scales += 2) {
      Sums<R> sums[R] = {};
      for (std::size_t i = 0; i < weights.block; i += kPackedInputs) {
        for (std::size_t line = 0; kFetch && line < Stored::kBytes; line += 64) {
          fetch(codes + line, R == 1 ? kCodesAheadOfOne : kCodesAhead);
        }
        add_products<R, Stored>(codes, numbers, x.stride, sums);
        codes += Stored::kBytes;
        numbers += 2 * kPackedInputs;
      }
      for (int r = 0; r < R; ++r) {
        const float* const scale = scales + static_cast<std::size_t>(r) * x.scale_stride;
        total[r] = fused(to_floats(sums[r]), group.scale * all(scale[0]), total[r]);
        total[r] = fused(group.offset, all(scale[1]), total[r]);
      }
    }
  }
  const std::size_t at = tile * kPackedRows;
  for (int r = 0; r < R; ++r) {
    store_outputs(total[r], bias == nullptr ? bias : bias + at, weights.rows - at,
                  out + (row + static_cast<std::size_t>(r)) * weights.rows + at);
  }
}

/// Tiles of weights are read from memory by the first rows of inputs, and by the others from the
/// second cache: one tile for few inputs, as many as fit there for many.
template <class Stored>
void multiply_packed_stored(const RoundedInputs& x, std::size_t rows, const PackedWeights& weights,
                            const float* bias, std::size_t begin, std::size_t end, float* out) {
  constexpr std::size_t kCached = std::size_t{1} << 18;
  const std::size_t fit = kCached / weights.tile_bytes;
  const std::size_t some = rows <= kFewTiles * kPackedTileRows || fit == 0 ? 1 : fit;
  for (std::size_t first = begin; first < end; first += some) {
    const std::size_t last = end - first < some ? end : first + some;
    in_tiles<kPackedTileRows>(rows, [&]<int R>(std::size_t r) {
      for (std::size_t tile = first; tile < last; ++tile) {
        if (r == 0) {
          multiply_packed_tile<R, Stored, true>(x, r, weights, tile, bias, out);
        } else {
          multiply_packed_tile<R, Stored, false>(x, r, weights, tile, bias, out);
        }
      }
    });
  }
}

void multiply_packed(const RoundedInputs& x, std::size_t rows, const PackedWeights& weights,
                     const float* bias, std::size_t begin, std::size_t end, float* out) {
  if (weights.bits == 4) {
    multiply_packed_stored<Nibbles>(x, rows, weights, bias, begin, end, out);
  } else {
    multiply_packed_stored<Bytes>(x, rows, weights, bias, begin, end, out);
  }
}

}  // namespace
}  // namespace vernier::engine::cpu

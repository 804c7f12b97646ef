// Sixteen queries of a warp and a page of keys and values, on the matrix units.
//
// Keys are taken in units of 64, at multiples of 64, and what units give is folded together in
// their order (Dao et al. 2023, "Flash-Decoding"): the same steps, and so the same bits, whether
// one warp goes through all units or each has a warp of its own.
#pragma once

#include <cstring>
#include <vernier_instructions.cuh>

#include "judges/engine/cuda/attention/look.h"
#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/device/reduce.cuh"

namespace vernier::engine::cuda {

inline constexpr float kNever = -INFINITY;
inline constexpr unsigned kTokens = kPageTokens;

/// Heads of up to 16 * pieces numbers.
template <unsigned pieces>
struct Tile {
  static constexpr unsigned kPieces = pieces, kQueries = 16, kWidth = 16 * pieces;
  /// Bytes from row to row: 16 more than a row has, so that eight rows lie in different banks.
  static constexpr unsigned kPitch = kWidth * 2 + 16;
  static constexpr unsigned kPage = kTokens * kPitch;  ///< keys, or values, of a page
};

/// What a warp knows of its 16 queries; each lane of two of them, 8 rows apart. Scores are in
/// powers of two.
template <unsigned pieces>
struct Seen {
  float most[2] = {kNever, kNever};
  float sum[2] = {};
  float values[2 * pieces][4] = {};
};

/// Folds one more unit into what units before it gave; one without visible keys changes nothing.
__device__ __forceinline__ float2 fold(float& most, float& sum, float unit_most, float unit_sum) {
  const float now = unit_most > most ? unit_most : most;
  const float base = now == kNever ? 0.0F : now;
  const float2 scales = make_float2(exp2f(most - base), exp2f(unit_most - base));
  most = now;
  sum = fmaf(sum, scales.x, unit_sum * scales.y);
  return scales;
}
__device__ __forceinline__ float folded(float value, float unit_value, const float2& scales) {
  return fmaf(value, scales.x, unit_value * scales.y);
}

template <unsigned pieces>
__device__ void fold(Seen<pieces>& all, const Seen<pieces>& unit) {
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    const float2 scales = fold(all.most[half], all.sum[half], unit.most[half], unit.sum[half]);
#pragma unroll
    for (unsigned n = 0; n < 2 * pieces; ++n) {
#pragma unroll
      for (unsigned i = half * 2; i < half * 2 + 2; ++i) {
        all.values[n][i] = folded(all.values[n][i], unit.values[n][i], scales);
      }
    }
  }
}

/// A lane's sums are of its own tokens: of all four lanes that share a query.
template <unsigned pieces>
__device__ void complete(Seen<pieces>& unit) {
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    for (int by = 1; by < 4; by *= 2) {
      unit.sum[half] += __shfl_xor_sync(kAllLanes, unit.sum[half], by);
    }
  }
}

/// Asks for keys and values of a page, the head's numbers from `page` on; zeros from token `tokens`
/// on and behind the last number. `first`, `step`: the thread's share.
template <typename T, typename S>
__device__ void fetch_page(const PagePart& part, const void* page, unsigned head, unsigned tokens,
                           unsigned first, unsigned step, unsigned char* to) {
  const T* const from = static_cast<const T*>(page) + std::size_t{head} * kTokens * part.padded;
  constexpr unsigned kChunks = S::kWidth / 8;
  for (unsigned i = first; i < 2 * kTokens * kChunks; i += step) {
    const unsigned token = i / kChunks % kTokens, chunk = i % kChunks;
    const bool values = i >= kTokens * kChunks;
    const bool there = token < tokens && chunk * 8 < part.padded;
    const T* const at = from + (values ? part.values : part.keys) +
                        (there ? std::size_t{token} * part.padded + chunk * 8 : 0);
    copy_async(to + (values ? S::kPage : 0) + token * S::kPitch + chunk * 16, at, there);
  }
}

template <typename T>
__device__ __forceinline__ std::uint32_t pair(float low, float high) {
  const T numbers[2] = {rounded<T>(low), rounded<T>(high)};
  std::uint32_t out;
  memcpy(&out, numbers, sizeof out);
  return out;
}

/// The warp's queries, from shared memory.
template <typename S>
__device__ void load_queries(const unsigned char* rows, std::uint32_t (&q)[S::kPieces][4]) {
  const unsigned lane = threadIdx.x % 32;
#pragma unroll
  for (unsigned p = 0; p < S::kPieces; ++p) {
    load_matrices(q[p], rows + lane % 16 * S::kPitch + (2 * p + lane / 16) * 16);
  }
}

/// Scores of 16 queries with a page's 32 keys, as the matrix units leave them.
template <typename T, typename S>
__device__ void scores_of(const std::uint32_t (&q)[S::kPieces][4], const unsigned char* keys,
                          float (&scores)[4][4]) {
  const unsigned lane = threadIdx.x % 32;
#pragma unroll
  for (unsigned p = 0; p < S::kPieces; ++p) {
#pragma unroll
    for (unsigned j = 0; j < 2; ++j) {
      std::uint32_t k[4];
      const unsigned token = j * 16 + lane / 16 * 8 + lane % 8;
      load_matrices(k, keys + token * S::kPitch + (2 * p + lane / 8 % 2) * 16);
      const std::uint32_t low[2] = {k[0], k[1]}, high[2] = {k[2], k[3]};
      multiply<T>(scores[2 * j], q[p], low);
      multiply<T>(scores[2 * j + 1], q[p], high);
    }
  }
}

/// Adds a page, whose first token is number `first_token`, to a unit: queries see up to token
/// `last`.
template <typename T, typename S>
__device__ void take_in(Seen<S::kPieces>& seen, float (&scores)[4][4], float scale,
                        const unsigned (&last)[2], unsigned first_token,
                        const unsigned char* values) {
  const unsigned lane = threadIdx.x % 32;
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    float most = seen.most[half];
#pragma unroll
    for (unsigned j = 0; j < 8; ++j) {
      float& score = scores[j / 2][half * 2 + j % 2];
      const unsigned token = first_token + j / 2 * 8 + lane % 4 * 2 + j % 2;
      score = token <= last[half] ? score * scale : kNever;
      most = score > most ? score : most;
    }
    for (int by = 1; by < 4; by *= 2) {
      const float other = __shfl_xor_sync(kAllLanes, most, by);
      most = other > most ? other : most;
    }
    const float base = most == kNever ? 0.0F : most;
    const float keep = exp2f(seen.most[half] - base);
    seen.most[half] = most;
    float sum = 0;
#pragma unroll
    for (unsigned j = 0; j < 8; ++j) {
      float& score = scores[j / 2][half * 2 + j % 2];
      score = exp2f(score - base);
      sum += score;
    }
    seen.sum[half] = seen.sum[half] * keep + sum;
#pragma unroll
    for (unsigned n = 0; n < 2 * S::kPieces; ++n) {
      seen.values[n][half * 2] *= keep;
      seen.values[n][half * 2 + 1] *= keep;
    }
  }
#pragma unroll
  for (unsigned j = 0; j < 2; ++j) {
    const std::uint32_t weights[4] = {pair<T>(scores[2 * j][0], scores[2 * j][1]),
                                      pair<T>(scores[2 * j][2], scores[2 * j][3]),
                                      pair<T>(scores[2 * j + 1][0], scores[2 * j + 1][1]),
                                      pair<T>(scores[2 * j + 1][2], scores[2 * j + 1][3])};
#pragma unroll
    for (unsigned p = 0; p < S::kPieces; ++p) {
      std::uint32_t v[4];
      const unsigned token = j * 16 + lane / 8 % 2 * 8 + lane % 8;
      load_matrices_transposed(v, values + token * S::kPitch + (2 * p + lane / 16) * 16);
      const std::uint32_t low[2] = {v[0], v[1]}, high[2] = {v[2], v[3]};
      multiply<T>(seen.values[2 * p], weights, low);
      multiply<T>(seen.values[2 * p + 1], weights, high);
    }
  }
}

/// What scores are multiplied by, in powers of two.
__device__ __forceinline__ float scale_of(unsigned size) {
  return 1.4426950408889634F * rsqrtf(static_cast<float>(size));
}

}  // namespace vernier::engine::cuda

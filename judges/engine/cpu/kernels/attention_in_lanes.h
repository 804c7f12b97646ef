// Attention over pages of keys and values. Included by the kernels of each kind of processor after
// its lanes.
//
// Each query's scores are all written down before their largest is taken, so that nothing depends
// on how many are computed at a time; values are added in the order of their tokens.
#pragma once

#include "judges/engine/cpu/kernels/rows_in_lanes.h"

namespace vernier::engine::cpu {
namespace {

/// Bytes from a to b, for fetch().
inline std::ptrdiff_t distance(const float* a, const float* b) {
  return static_cast<std::ptrdiff_t>(reinterpret_cast<std::uintptr_t>(b) -
                                     reinterpret_cast<std::uintptr_t>(a));
}

/// scores [R][score_stride]: queries by keys 0 to `keys`; with kFetch the next page is fetched
/// meanwhile.
template <int R, bool kFetch>
inline void score(const float* q, std::size_t stride, std::size_t size, const HeadPages& head,
                  std::size_t keys, float* scores, std::size_t score_stride) {
  constexpr int kColumns = R == 1 ? kSingleColumns : kScoreColumns;
  for (std::size_t j = 0; j < keys; j += kPageTokens) {
    const std::size_t count = keys - j < kPageTokens ? keys - j : kPageTokens;
    const float* const* const page = head.pages + j / kPageTokens;
    const std::ptrdiff_t next = distance(page[0], page[keys - j > kPageTokens ? 1 : 0]);
    multiply_rows<R, kColumns, F32, kFetch>(q, stride, size, page[0] + head.key_offset, count,
                                            nullptr, scores + j, score_stride, next);
  }
}

/// scores -> exp(scale * (score - largest)) of the first n, then zeros up to `end`; 1 / their sum.
inline float weigh(float* scores, std::size_t n, std::size_t end, float scale) {
  const Floats most = all(largest_of(scores, n) * scale), factor = all(scale);
  for (std::size_t j = n; j < end; ++j) scores[j] = -3e38F;
  Floats sums = zero();
  for (std::size_t j = 0; j < n; j += 16) {
    // Beyond the n-th, exp gives 1e-38, which is taken back below before anything is added up.
    store(scores + j, exponential(load(scores + j) * factor - most));
    if (n - j >= 16) sums = sums + load(scores + j);
  }
  for (std::size_t j = n; j < end; ++j) scores[j] = 0;
  if (n % 16 != 0) sums = sums + load(scores + n / 16 * 16);
  return 1.0F / sum(sums);
}

/// out[r] = sum over keys of weight[r][key] * value[key], times factor[r]; V vectors from `at` on.
template <int R, int V, bool kFetch>
inline void mix(const float* weights, std::size_t weight_stride, const HeadPages& head,
                std::size_t keys, std::size_t size, std::size_t at, const float* factor, float* out,
                std::size_t out_stride) {
  Floats total[R][V];
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < V; ++v) total[r][v] = zero();
  }
  for (std::size_t j = 0; j < keys; j += kPageTokens) {
    const std::size_t count = keys - j < kPageTokens ? keys - j : kPageTokens;
    const float* const* const page = head.pages + j / kPageTokens;
    const float* value = page[0] + head.value_offset + at;
    const std::ptrdiff_t next = distance(page[0], page[keys - j > kPageTokens ? 1 : 0]);
    for (std::size_t i = 0; i < count; ++i, value += size) {
      Floats in[V];
      for (int v = 0; v < V; ++v) {
        in[v] = load(value + static_cast<std::size_t>(v) * 16);
        if (kFetch) fetch(value + static_cast<std::size_t>(v) * 16, next);
      }
      for (int r = 0; r < R; ++r) {
        const Floats weight = all(weights[static_cast<std::size_t>(r) * weight_stride + j + i]);
        for (int v = 0; v < V; ++v) total[r][v] = fused(weight, in[v], total[r][v]);
      }
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < V; ++v) {
      store(out + static_cast<std::size_t>(r) * out_stride + at + static_cast<std::size_t>(v) * 16,
            total[r][v] * all(factor[r]));
    }
  }
}

template <int R, bool kFetch>
inline void attend_some(const float* q, std::size_t stride, std::size_t size, const HeadPages& head,
                        std::size_t first, std::size_t step, float scale, float* out,
                        float* scratch) {
  const std::size_t keys = first + (R - 1) * step + 1;
  const std::size_t end = (keys + 15) / 16 * 16;
  const std::size_t score_stride = end + 16;
  score<R, kFetch>(q, stride, size, head, keys, scratch, score_stride);
  float factor[R];
  for (int r = 0; r < R; ++r) {
    const auto row = static_cast<std::size_t>(r);
    factor[r] = weigh(scratch + row * score_stride, first + row * step + 1, end, scale);
  }
  std::size_t at = 0;
  const auto some = [&]<int V>() {
    for (; at + V * 16 <= size; at += V * 16) {
      mix<R, V, kFetch>(scratch, score_stride, head, keys, size, at, factor, out, stride);
    }
  };
  some.template operator()<kValueVectors>();
  if constexpr (kValueVectors > 2) some.template operator()<2>();
  if constexpr (kValueVectors > 1) some.template operator()<1>();
}

void attend(const float* q, std::size_t rows, std::size_t stride, std::size_t size,
            const HeadPages& head, std::size_t first, std::size_t step, float scale, float* out,
            float* scratch) {
  static_assert(kTileQueries <= kAttentionRows);
  if (rows < kTileQueries) {  // a token that is generated: keys and values come from memory
    with_rows<kTileQueries - 1>(rows, [&]<int R>() {
      attend_some<R, true>(q, stride, size, head, first, step, scale, out, scratch);
    });
    return;
  }
  in_tiles<kTileQueries>(rows, [&]<int R>(std::size_t r) {
    attend_some<R, false>(q + r * stride, stride, size, head, first + r * step, step, scale,
                          out + r * stride, scratch);
  });
}

}  // namespace
}  // namespace vernier::engine::cpu

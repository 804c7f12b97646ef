// Attention over pages of keys and values. Included by the kernels of each kind of processor after
// its lanes.
//
// Each query's scores are all written down before their largest is taken, so that nothing depends
// on how many are computed at a time; values are added in the order of their tokens.
#pragma once

#include "judges/engine/cpu/kernels/rows_in_lanes.h"

namespace vernier::engine::cpu {
namespace {

constexpr int kRows = static_cast<int>(kAttentionRows);

/// scores [R][score_stride]: queries by keys 0 to `keys`.
template <int R>
inline void score(const float* q, std::size_t stride, std::size_t size, const HeadPages& head,
                  std::size_t keys, float* scores, std::size_t score_stride) {
  for (std::size_t j = 0; j < keys; j += kPageTokens) {
    const std::size_t count = keys - j < kPageTokens ? keys - j : kPageTokens;
    multiply_rows<R, kScoreColumns, F32>(q, stride, size,
                                         head.pages[j / kPageTokens] + head.key_offset, count,
                                         nullptr, scores + j, score_stride);
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
template <int R, int V>
inline void mix(const float* weights, std::size_t weight_stride, const HeadPages& head,
                std::size_t keys, std::size_t size, std::size_t at, const float* factor, float* out,
                std::size_t out_stride) {
  Floats total[R][V];
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < V; ++v) total[r][v] = zero();
  }
  for (std::size_t j = 0; j < keys; ++j) {
    const float* const value =
        head.pages[j / kPageTokens] + head.value_offset + j % kPageTokens * size + at;
    Floats in[V];
    for (int v = 0; v < V; ++v) in[v] = load(value + static_cast<std::size_t>(v) * 16);
    for (int r = 0; r < R; ++r) {
      const Floats weight = all(weights[static_cast<std::size_t>(r) * weight_stride + j]);
      for (int v = 0; v < V; ++v) total[r][v] = fused(weight, in[v], total[r][v]);
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int v = 0; v < V; ++v) {
      store(out + static_cast<std::size_t>(r) * out_stride + at + static_cast<std::size_t>(v) * 16,
            total[r][v] * all(factor[r]));
    }
  }
}

template <int R>
inline void attend_some(const float* q, std::size_t stride, std::size_t size, const HeadPages& head,
                        std::size_t first, std::size_t step, float scale, float* out,
                        float* scratch) {
  const std::size_t keys = first + (R - 1) * step + 1;
  const std::size_t end = (keys + 15) / 16 * 16;
  const std::size_t score_stride = end + 16;
  score<R>(q, stride, size, head, keys, scratch, score_stride);
  float factor[R];
  for (int r = 0; r < R; ++r) {
    const auto row = static_cast<std::size_t>(r);
    factor[r] = weigh(scratch + row * score_stride, first + row * step + 1, end, scale);
  }
  std::size_t at = 0;
  for (; at + kValueVectors * 16 <= size; at += kValueVectors * 16) {
    mix<R, kValueVectors>(scratch, score_stride, head, keys, size, at, factor, out, stride);
  }
  for (; at < size; at += 16) {
    mix<R, 1>(scratch, score_stride, head, keys, size, at, factor, out, stride);
  }
}

void attend(const float* q, std::size_t rows, std::size_t stride, std::size_t size,
            const HeadPages& head, std::size_t first, std::size_t step, float scale, float* out,
            float* scratch) {
  std::size_t r = 0;
  for (; r + kAttentionRows <= rows; r += kAttentionRows) {
    attend_some<kRows>(q + r * stride, stride, size, head, first + r * step, step, scale,
                       out + r * stride, scratch);
  }
  for (; r < rows; ++r) {
    attend_some<1>(q + r * stride, stride, size, head, first + r * step, step, scale,
                   out + r * stride, scratch);
  }
}

}  // namespace
}  // namespace vernier::engine::cpu

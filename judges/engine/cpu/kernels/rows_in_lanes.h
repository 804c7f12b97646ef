// Norms and activations. Included by the kernels of each kind of processor after its lanes.
#pragma once

#include "judges/engine/cpu/kernels/multiply_in_lanes.h"

namespace vernier::engine::cpu {
namespace {

/// exp with a relative error below 2e-7, of numbers brought into -87.3 to 88. Cody and Waite's
/// reduction; the polynomial is that of Cephes (expf).
inline Floats exponential(Floats x) {
  x = smallest(largest(x, all(-87.3F)), all(88.0F));
  const Floats magic = all(12582912.0F);  // 1.5 * 2^23: no bits are left behind the point
  const Floats n = fused(x, all(1.44269504F), magic) - magic;
  Floats r = fused(n, all(-0.693359375F), x);
  r = fused(n, all(2.12194440e-4F), r);
  Floats p = all(1.9875691500e-4F);
  p = fused(p, r, all(1.3981999507e-3F));
  p = fused(p, r, all(8.3334519073e-3F));
  p = fused(p, r, all(4.1665795894e-2F));
  p = fused(p, r, all(1.6666665459e-1F));
  p = fused(p, r, all(5.0000001201e-1F));
  return (fused(p, r * r, r) + all(1.0F)) * power_of_two(n);
}

inline Floats sigmoid(Floats x) { return all(1.0F) / (all(1.0F) + exponential(zero() - x)); }

inline Floats hyperbolic_tangent(Floats x) {
  const Floats t = exponential(magnitude(x) * all(-2.0F));
  return negative_where(x, (all(1.0F) - t) / (all(1.0F) + t));
}

/// Error below 2e-7: Abramowitz and Stegun 7.1.26.
inline Floats error_function(Floats x) {
  const Floats z = magnitude(x);
  const Floats t = all(1.0F) / fused(z, all(0.3275911F), all(1.0F));
  Floats p = all(1.061405429F);
  p = fused(p, t, all(-1.453152027F));
  p = fused(p, t, all(1.421413741F));
  p = fused(p, t, all(-0.284496736F));
  p = fused(p, t, all(0.254829592F));
  return negative_where(x, all(1.0F) - p * t * exponential(zero() - z * z));
}

/// Applies `f` to n numbers in place.
template <class F>
inline void in_place(float* x, std::size_t n, F f) {
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) store(x + i, f(load(x + i)));
  if (i < n) {
    float rest[16];
    store(rest, f(load_some<F32>(x + i, n - i)));
    for (std::size_t j = 0; i + j < n; ++j) x[i + j] = rest[j];
  }
}

void gelu(float* x, std::size_t n) {
  in_place(x, n, [](Floats v) {
    return v * all(0.5F) * (all(1.0F) + error_function(v * all(0.70710678F)));
  });
}

void gelu_tanh(float* x, std::size_t n) {
  in_place(x, n, [](Floats v) {
    const Floats inner = all(0.79788456F) * fused(v * v * v, all(0.044715F), v);
    return v * all(0.5F) * (all(1.0F) + hyperbolic_tangent(inner));
  });
}

void quick_gelu(float* x, std::size_t n) {
  in_place(x, n, [](Floats v) { return v * sigmoid(v * all(1.702F)); });
}

/// Applies `f` to n pairs of numbers; the results replace the first.
template <class F>
inline void in_place(float* x, const float* y, std::size_t n, F f) {
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) store(x + i, f(load(x + i), load(y + i)));
  if (i < n) {
    float rest[16];
    store(rest, f(load_some<F32>(x + i, n - i), load_some<F32>(y + i, n - i)));
    for (std::size_t j = 0; i + j < n; ++j) x[i + j] = rest[j];
  }
}

void gated_silu(float* gate, const float* up, std::size_t n) {
  in_place(gate, up, n, [](Floats g, Floats u) { return g * sigmoid(g) * u; });
}

void add(float* x, const float* y, std::size_t n) {
  in_place(x, y, n, [](Floats a, Floats b) { return a + b; });
}

void rotate(float* x, std::size_t heads, std::size_t half, const float* cos, const float* sin) {
  for (std::size_t h = 0; h < heads; ++h, x += 2 * half) {
    float *const a = x, *const b = x + half;
    std::size_t i = 0;
    for (; i + 16 <= half; i += 16) {
      const Floats u = load(a + i), v = load(b + i), c = load(cos + i), s = load(sin + i);
      store(a + i, u * c - v * s);
      store(b + i, v * c + u * s);
    }
    for (; i < half; ++i) {
      const float u = a[i], v = b[i];
      a[i] = u * cos[i] - v * sin[i];
      b[i] = v * cos[i] + u * sin[i];
    }
  }
}

/// Sum of f over n numbers: lane i mod 16 adds its own in order. f(0) must be 0.
template <class F>
inline float total(const float* x, std::size_t n, F f) {
  Floats sums = zero();
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) sums = f(load(x + i), sums);
  if (i < n) sums = f(load_some<F32>(x + i, n - i), sums);
  return sum(sums);
}

/// Rows of `width` numbers, each number of a row through f(number, place).
template <class F>
inline void transform(const float* x, std::size_t n, float* y, F f) {
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    store(y + i, f(load(x + i), [i](const float* p) { return load(p + i); }));
  }
  if (i < n) {
    float rest[16];
    store(rest, f(load_some<F32>(x + i, n - i),
                  [i, n](const float* p) { return load_some<F32>(p + i, n - i); }));
    for (std::size_t j = 0; i + j < n; ++j) y[i + j] = rest[j];
  }
}

void layer_norm(const float* x, std::size_t rows, std::size_t width, const float* weight,
                const float* bias, float eps, float* y) {
  const float count = static_cast<float>(width);
  for (std::size_t r = 0; r < rows; ++r, x += width, y += width) {
    const Floats mean =
        all(total(x, width, [](Floats v, Floats sums) { return sums + v; }) / count);
    float* const centred = y;
    transform(x, width, centred, [mean](Floats v, auto) { return v - mean; });
    const float squares =
        total(centred, width, [](Floats v, Floats sums) { return fused(v, v, sums); });
    const Floats factor = all(1.0F / __builtin_sqrtf(squares / count + eps));
    transform(centred, width, y, [factor, weight, bias](Floats v, auto at) {
      return fused(v * factor, at(weight), at(bias));
    });
  }
}

void rms_norm(const float* x, std::size_t rows, std::size_t width, const float* weight, float eps,
              float* y) {
  for (std::size_t r = 0; r < rows; ++r, x += width, y += width) {
    const float squares = total(x, width, [](Floats v, Floats sums) { return fused(v, v, sums); });
    const Floats factor = all(1.0F / __builtin_sqrtf(squares / static_cast<float>(width) + eps));
    transform(x, width, y, [factor, weight](Floats v, auto at) { return v * factor * at(weight); });
  }
}

inline float largest_of(const float* x, std::size_t n) {
  float most = x[0];
  std::size_t i = 0;
  if (n >= 16) {
    Floats lanes = load(x);
    for (i = 16; i + 16 <= n; i += 16) lanes = largest(lanes, load(x + i));
    most = largest(lanes);
  }
  for (; i < n; ++i) most = x[i] > most ? x[i] : most;
  return most;
}

float log_sum_exp(const float* x, std::size_t n) {
  const float most = largest_of(x, n);
  Floats sums = zero();
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) sums = sums + exponential(load(x + i) - all(most));
  float rest = 0;
  if (i < n) {
    float parts[16];
    store(parts, exponential(load_some<F32>(x + i, n - i) - all(most)));
    for (std::size_t j = 0; i + j < n; ++j) rest += parts[j];
  }
  return most + __builtin_logf(sum(sums) + rest);
}

}  // namespace
}  // namespace vernier::engine::cpu

// What all kernels share: steps on sixteen numbers at a time. Compiled once for each kind of
// processor, in a namespace of its own, without anything of the standard library: an inline
// function compiled for a new processor must not be what the linker gives to all.
#pragma once

#include "metrics/spice/fast/kernels/kernels.h"

namespace vernier::spice {
namespace {

typedef float Floats __attribute__((vector_size(64), aligned(4)));
typedef std::int32_t Ints __attribute__((vector_size(64), aligned(4)));
typedef std::int8_t Bytes __attribute__((vector_size(16), aligned(1)));

inline Floats load(const float* p) { return *reinterpret_cast<const Floats*>(p); }
inline Ints load(const std::int32_t* p) { return *reinterpret_cast<const Ints*>(p); }
inline void store(float* p, Floats v) { *reinterpret_cast<Floats*>(p) = v; }
inline Floats all(float x) { return x - Floats{}; }
inline Floats largest(Floats a, Floats b) { return a > b ? a : b; }
inline Floats smallest(Floats a, Floats b) { return a < b ? a : b; }

inline float sum(Floats v) {
  float parts[kLanes];
  store(parts, v);
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) parts[i] += parts[i + half];
  }
  return parts[0];
}

/// The nearest integers, of two equally near ones the even one; |v| below 2^22.
inline void store_rounded(std::int8_t* p, Floats v) {
  const Floats magic = all(12582912.0F);  // 1.5 * 2^23: no bits are left behind the point
  const Ints rounded = __builtin_convertvector((v + magic) - magic, Ints);
  *reinterpret_cast<Bytes*>(p) = __builtin_convertvector(rounded, Bytes);
}

inline Floats expanded(const std::int32_t* sums, const PackedMatrix& m, std::size_t c) {
  return __builtin_convertvector(load(sums + c), Floats) * load(m.factor + c) + load(m.bias + c);
}

void normalise(const float* x, std::size_t rows, std::size_t width, float scale, std::int8_t* out) {
  for (std::size_t r = 0; r < rows; ++r, x += width, out += width) {
    Floats total{};
    for (std::size_t c = 0; c < width; c += kLanes) total += load(x + c);
    const Floats mean = all(sum(total) / static_cast<float>(width));
    Floats squares{};
    for (std::size_t c = 0; c < width; c += kLanes) {
      const Floats d = load(x + c) - mean;
      squares += d * d;
    }
    const float deviation = __builtin_sqrtf(sum(squares) / static_cast<float>(width) + 1e-5F);
    const Floats factor = all(scale / deviation), limit = all(127.0F);
    for (std::size_t c = 0; c < width; c += kLanes) {
      const Floats y = (load(x + c) - mean) * factor;
      store_rounded(out + c, smallest(largest(y, -limit), limit));
    }
  }
}

template <bool through_relu>
void add_expanded(const std::int32_t* sums, const PackedMatrix& m, std::size_t rows, float* x) {
  for (std::size_t r = 0; r < rows; ++r, sums += m.columns, x += m.columns) {
    for (std::size_t c = 0; c < m.columns; c += kLanes) {
      Floats y = expanded(sums, m, c);
      if (through_relu) y = largest(y, Floats{});
      store(x + c, load(x + c) + y);
    }
  }
}

void expand(const std::int32_t* sums, const PackedMatrix& m, std::size_t rows, float* out) {
  for (std::size_t r = 0; r < rows; ++r, sums += m.columns, out += m.columns) {
    for (std::size_t c = 0; c < m.columns; c += kLanes) store(out + c, expanded(sums, m, c));
  }
}

void gated_sums(const std::int32_t* sums, const PackedMatrix& m, std::size_t rows, float scale,
                float* work, std::int8_t* out) {
  expand(sums, m, rows, work);
  const std::size_t width = m.columns / 2, half = width / 2;
  const Floats one = all(1.0F), limit = all(127.0F);
  for (std::size_t c = 0; c < width; c += kLanes) {
    const bool forward = c < half;
    Floats h{};
    for (std::size_t n = 0; n < rows; ++n) {
      const std::size_t r = forward ? n : rows - 1 - n;
      const float* const row = work + r * m.columns;
      const Floats open = load(row + width + c) * 0.25F + 0.75F;
      const Floats f = smallest(largest(open, Floats{}), one);
      h = f * h + (one - f) * load(row + c);
      store_rounded(out + r * width + c, smallest(largest(h, Floats{}) * scale, limit));
    }
  }
}

float dot(const float* a, const float* b, std::size_t width) {
  Floats total{};
  for (std::size_t c = 0; c < width; c += kLanes) total += load(a + c) * load(b + c);
  return sum(total);
}

void add_hidden(const float* a, const float* b, std::size_t depth, const float* matrix,
                std::size_t columns, float* out) {
  for (std::size_t k = 0; k < depth; ++k, matrix += columns) {
    const float hidden = a[k] + b[k];
    if (!(hidden > 0)) continue;
    for (std::size_t c = 0; c < columns; c += kLanes) {
      store(out + c, load(out + c) + load(matrix + c) * hidden);
    }
  }
}

constexpr Kernels make_kernels(const char* name, decltype(Kernels::multiply) multiply) {
  return {name,   multiply,   normalise, add_expanded<false>, add_expanded<true>,
          expand, gated_sums, dot,       add_hidden};
}

}  // namespace
}  // namespace vernier::spice

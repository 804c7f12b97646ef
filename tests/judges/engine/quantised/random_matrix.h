// Random matrices of few bits, and products with them as they are meant.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

using Numbers = std::vector<float>;

/// A matrix of random codes, as a file has them.
struct MatrixShape {
  std::size_t rows, columns, group;
  unsigned bits = 4;
  bool zero_points = true;  ///< whole; else any offset, and scales of 32 bits
};

inline QuantisedMatrix random_matrix(const MatrixShape& shape, unsigned seed) {
  std::mt19937 random(seed);
  QuantisedMatrix out;
  out.rows = shape.rows;
  out.columns = shape.columns;
  out.bits = shape.bits;
  out.group = shape.group;
  const std::uint32_t codes = std::uint32_t{1} << shape.bits;
  out.codes.resize(shape.rows * shape.columns);
  for (std::uint8_t& code : out.codes) code = static_cast<std::uint8_t>(random() % codes);
  const std::size_t groups = shape.rows * out.groups();
  for (std::size_t i = 0; i < groups; ++i) {
    // A half: whole numbers below 2^11 times a power of two.
    const float scale = static_cast<float>(1 + random() % 2047) * 0x1p-20F;
    const auto zero = static_cast<float>(random() % codes);
    out.scales.push_back(shape.zero_points ? scale : scale * 1.0001F);
    out.offsets.push_back(shape.zero_points ? -scale * zero : -scale * (zero + 0.3F));
  }
  return out;
}

inline Numbers random_inputs(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  Numbers out(n);
  for (float& x : out) x = static_cast<float>(random() % 20001) / 10000.0F - 1.0F;
  return out;
}

/// In 64 bits, with the weights that the codes stand for.
inline std::vector<double> reference(const QuantisedMatrix& w, const Numbers& x,
                                     const Numbers& bias) {
  const std::size_t rows = x.size() / w.columns;
  std::vector<double> out(rows * w.rows), weights(w.columns);
  for (std::size_t n = 0; n < w.rows; ++n) {
    for (std::size_t k = 0; k < w.columns; ++k) {
      const std::size_t g = n * w.groups() + k / w.group;
      weights[w.order.empty() ? k : w.order[k]] =
          static_cast<double>(w.scales[g]) * w.codes[n * w.columns + k] + w.offsets[g];
    }
    for (std::size_t r = 0; r < rows; ++r) {
      const float* const in = x.data() + r * w.columns;
      const double* const weight = weights.data();
      double sum = bias.empty() ? 0 : bias[n];
      for (std::size_t k = 0; k < w.columns; ++k) sum += weight[k] * in[k];
      out[r * w.rows + n] = sum;
    }
  }
  return out;
}

/// Root of the mean square of what is wrong, to that of what is right.
inline double error_of(const Numbers& x, const std::vector<double>& truth) {
  double wrong = 0, right = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    wrong += std::pow(x[i] - truth[i], 2);
    right += std::pow(truth[i], 2);
  }
  return std::sqrt(wrong / right);
}

}  // namespace vernier::engine

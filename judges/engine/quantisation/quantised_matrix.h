// Weights in few bits, before a backend or a file lays them out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vernier::engine {

/// Rows are outputs, columns inputs, as in Matrix. The weight of row n and column k is
/// scale * code + offset, with the scale and the offset of n and of the group that k is in. What
/// files call a zero point z is an offset of -scale * z, exact for scales of 16 bits.
struct QuantisedMatrix {
  std::size_t rows = 0, columns = 0;
  unsigned bits = 4;        ///< 4 or 8: codes are below 2^bits
  std::size_t group = 128;  ///< consecutive columns of codes; a multiple of 32, divides `columns`
  std::vector<std::uint8_t> codes;  ///< [rows, columns], one a byte
  std::vector<float> scales;        ///< [rows, groups()]
  std::vector<float> offsets;       ///< [rows, groups()]
  /// Which input each column of the codes multiplies, where that is another one (GPTQ's
  /// activation order); else empty.
  std::vector<std::uint32_t> order;

  std::size_t groups() const { return columns / group; }
  float at(std::size_t row, std::size_t column) const {
    const std::size_t g = row * groups() + column / group;
    return scales[g] * static_cast<float>(codes[row * columns + column]) + offsets[g];
  }
};

}  // namespace vernier::engine

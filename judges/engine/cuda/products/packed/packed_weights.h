// Weights of 4 or 8 bits in the order in which the matrix units take them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "judges/engine/container/values/dtype.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine::cuda {

/// Eight outputs and as many inputs as a warp's lanes hold codes of in 16 bytes each (128 of 4
/// bits, 64 of 8) are a piece: lane 4 n + t has the codes of output n and a quarter of the inputs,
/// the t-th. Sums may be taken in any order, and in this one a lane reads inputs and codes 16 bytes
/// at a time and needs one scale a piece.
inline constexpr unsigned kPieceRows = 8, kLanes = 32, kLaneBytes = 16;

struct PackedWeights {
  const void* codes = nullptr;   ///< [pieces down, pieces across, 32 lanes, 16 bytes]
  const void* groups = nullptr;  ///< [pieces down, groups, 8 outputs] of GroupOf16 or GroupOf32
  const std::uint32_t* order = nullptr;  ///< which input a column of codes is of; null: its own
  DType type = DType::kF16;              ///< what codes become for the matrix units
  unsigned bits = 4;
  std::size_t rows = 0, columns = 0;
  std::size_t group = 0;  ///< columns of one scale
  std::size_t groups_across = 0;

  std::size_t piece_columns() const { return std::size_t{kLaneBytes} * 8 / bits * 4; }
  std::size_t pieces_down() const { return (rows + kPieceRows - 1) / kPieceRows; }
  std::size_t pieces_across() const { return (columns + piece_columns() - 1) / piece_columns(); }
};

/// F16: the weight is (1024 + code - subtracted) * scale + offset: 1024 + code is a half that the
/// code's bits make at once, and for whole zero points `subtracted` is 1024 and the zero point, so
/// that the product is rounded once.
struct GroupOf16 {
  std::uint16_t subtracted, scale, offset, none;
};
/// BF16, which cannot hold 1024 + code: code * scale + offset in 32 bits.
struct GroupOf32 {
  float scale, offset;
};
static_assert(sizeof(GroupOf16) == 8 && sizeof(GroupOf32) == 8);

/// The bytes of `codes` and of `groups`, from codes, scales and offsets.
struct PackedBytes {
  std::vector<std::byte> codes, groups;
};
PackedBytes pack(const QuantisedMatrix& weights, DType type);

}  // namespace vernier::engine::cuda

// Weights of few bits and inputs of sixteen, in the order in which kernels read them.
//
// Outputs are the lanes: a tile is sixteen rows of weights, and no sum goes across lanes. Inputs
// are whole numbers with one scale a block, so that sums of a block are exact and in no order. Only
// data here: an inline function compiled for a new processor must not be what the linker gives to
// all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vernier::engine::cpu {

inline constexpr std::size_t kPackedRows = 16;
/// Inputs that a kernel takes at a time: a group of weights is whole so many.
inline constexpr std::size_t kPackedInputs = 8;

/// How a group's scales lie: of a tile's sixteen rows, one after the other.
enum class GroupStorage : std::uint8_t {
  kHalves,   ///< scales as halves, then zero points as bytes; the offset is -scale * zero point
  kSingles,  ///< scales, then offsets, in 32 bits
};

/// codes: of each tile, of eight inputs k to k + 7, row by row: four bytes that hold code k + i in
/// their lower and k + 4 + i in their upper half; with 8 bits the codes of k to k + 3 of all rows,
/// then those of k + 4 to k + 7. Rows are filled up with zeros to whole tiles.
struct PackedWeights {
  const std::uint8_t* codes = nullptr;
  const std::uint8_t* groups = nullptr;  ///< scales and offsets, of each tile, of each group
  std::size_t rows = 0, depth = 0;
  std::size_t tiles = 0;
  std::size_t group = 0;        ///< inputs that share a scale
  std::size_t block = 0;        ///< inputs that are rounded together: divides `group`
  std::size_t tile_bytes = 0;   ///< of codes, from one tile to the next
  std::size_t group_bytes = 0;  ///< from one group to the next
  unsigned bits = 4;
  GroupStorage storage = GroupStorage::kHalves;
  const std::uint32_t* order = nullptr;  ///< which input column k is of; null: k
};

/// Rows of inputs for `depth` weights: two bytes a number in an order of the processor's own; of
/// each block its scale and that times the sum of its numbers. From one row to the next `stride`
/// bytes and `scale_stride` floats.
struct RoundedInputs {
  std::uint8_t* numbers = nullptr;
  float* scales = nullptr;
  std::size_t stride = 0, scale_stride = 0;
};

}  // namespace vernier::engine::cpu

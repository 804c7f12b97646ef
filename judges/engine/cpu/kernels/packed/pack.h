// From codes, scales and offsets to what kernels read.
#pragma once

#include <cstddef>

#include "judges/engine/cpu/kernels/packed/packed_weights.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine::cpu {

/// All but the memory. Scales are kept as halves, and offsets as zero points, where that is exact
/// for all. Error kInternal for sizes that contradict each other.
PackedWeights packed_layout(const QuantisedMatrix& weights);

std::size_t packed_code_bytes(const PackedWeights& layout);
std::size_t packed_group_bytes(const PackedWeights& layout);

/// Writes tiles `begin` to `end` into memory of so many bytes for all tiles.
void pack_tiles(const QuantisedMatrix& weights, const PackedWeights& layout, std::size_t begin,
                std::size_t end, std::uint8_t* codes, std::uint8_t* groups);

}  // namespace vernier::engine::cpu

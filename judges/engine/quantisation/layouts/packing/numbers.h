// Scales, offsets and zero points of the groups, and the parts that hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/quantisation/layouts/layout.h"

namespace vernier::engine {

/// Error(kResource) with the part's file and tensor.
[[noreturn]] void refuse(const StoredPart& part, const std::string& what);

/// Null where there is none.
const StoredPart* find_part(std::span<const StoredPart> parts, std::string_view name);
/// Throws Error(kInternal) where there is none.
const StoredPart& part_of(std::span<const StoredPart> parts, std::string_view name);

/// The first lines of the part, one a group, of a number for each row, as [rows, groups]. Refuses
/// NaN and infinities.
std::vector<float> numbers_by_row(const StoredPart& part, std::size_t rows, std::size_t groups);
/// The same; refuses those below zero, too.
std::vector<float> scales_by_row(const StoredPart& part, std::size_t rows, std::size_t groups);
/// numbers [rows, groups] as halves, one line a group, zeros in the lines behind them. Throws
/// Error(kInternal) for those that are no halves.
PackedTensor packed_halves(std::string part, std::span<const float> numbers, std::size_t rows,
                           std::size_t lines);

/// -scale * zero point: what each group's offset is. scales and zeros [rows, groups].
std::vector<float> offsets_of(std::span<const float> scales, std::span<const std::uint8_t> zeros);
/// The inverse; 0 for scales of 0. Throws Error(kInternal) where no zero point gives the offset.
std::vector<std::uint8_t> zero_points(const QuantisedMatrix& weights);

}  // namespace vernier::engine

// The inner loop of a resize.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/cpu/cpu_level.h"

namespace vernier::images {

/// out[i] = sum over k of weights[k] * in[k * stride + i], for i below `lanes`, rounded from 22
/// fractional bits and clamped to 0, ..., 255. The same bits on every processor: integers.
using WeightedSum = void (*)(const std::uint8_t* in, std::size_t stride,
                             std::span<const std::int32_t> weights, std::size_t lanes,
                             std::uint8_t* out);

/// The code for a processor of a level.
WeightedSum weighted_sum(CpuLevel level);

}  // namespace vernier::images

// Many binary16 values at once, with the processor's own instructions where it has them.
#pragma once

#include <cstddef>
#include <span>

namespace vernier::engine {

/// float_of_half for each of out.size() values. With F16C in the cache 0.05 ns a value against 3.7
/// of the portable loop (SSE2, both on a busy machine); the bits are the same.
void read_halves(std::span<const std::byte> in, std::span<float> out);

/// half_of for each of in.size() values; the bits are the same on every processor.
void write_halves(std::span<const float> in, std::span<std::byte> out);

}  // namespace vernier::engine

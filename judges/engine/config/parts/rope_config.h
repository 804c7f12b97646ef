// Rotary positions in a text_config.
#pragma once

#include <cstdint>

#include "judges/engine/config/json/config_object.h"
#include "judges/engine/config/parts/text_config.h"

namespace vernier::engine {

/// Reads `rope_scaling` where it is there, else `rope_parameters`; `rope_theta` inside them or
/// beside them. `positions` stands in for an absent original_max_position_embeddings. Throws
/// Error(kResource) for a type that is not supported or lacks a parameter.
RopeConfig read_rope_config(const ConfigObject& text, std::uint32_t positions);

}  // namespace vernier::engine

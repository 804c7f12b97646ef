// SPICE's lists of attributes: numbers, colours, sizes.
#pragma once

#include <cstdint>
#include <string_view>

namespace vernier::spice {

enum class AttributeGroup : std::uint8_t { kNone, kCardinality, kColor, kSize };

/// The group whose list holds `text` as it stands. No list holds a word of another.
AttributeGroup attribute_group(std::string_view text);

}  // namespace vernier::spice

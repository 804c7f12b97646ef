// What the fast parser looks at in a word beside the word itself.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vernier::spice {

/// The last one to four characters, the first two and three, and the word's shape.
inline constexpr std::size_t kAffixes = 7;

/// By kind, hashes as train/data.py makes them: modulo the size of a table they are rows of it.
/// Characters are UTF-8's.
std::array<std::uint32_t, kAffixes> affix_hashes(std::string_view word);

}  // namespace vernier::spice

// What the fast parser looks at in a word beside the word itself.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vernier::spice {

/// The last one to four characters, the first two and three, and the word's shape.
inline constexpr std::size_t kAffixes = 7;
inline constexpr std::uint32_t kAffixRows = 4096;

/// By kind, rows of the affix tables: hashes, as train/data.py makes them. Characters are UTF-8's.
std::array<std::uint32_t, kAffixes> affix_rows(std::string_view word);

}  // namespace vernier::spice

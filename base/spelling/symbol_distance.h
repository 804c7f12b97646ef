// Edit distances of long sequences: pages of characters, lists of words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vernier {

/// A sequence of code points, or of numbers that stand for words.
using Symbols = std::span<const std::uint32_t>;

/// The least number of symbols to insert, delete or replace that turns one sequence into the other
/// (Levenshtein), 64 places at once (Myers 1999, blocks as in Hyyro 2003): |a| |b| / 64 steps.
std::size_t symbol_distance(Symbols a, Symbols b);

/// Distances of the prefixes of `a` (of 0 to |a| symbols) to the whole of `b`.
std::vector<std::size_t> prefix_distances(Symbols a, Symbols b);

}  // namespace vernier

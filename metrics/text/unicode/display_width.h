// How much room texts take on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vernier::text {

/// Columns that a text (valid UTF-8 without control characters) takes: two for each wide character
/// (Chinese, Japanese, Korean, most emoji), none for marks that combine with the one before. What
/// terminals draw for emoji of several code points differs; this counts each of them.
std::size_t display_width(std::string_view text);

/// Length in bytes of the longest prefix that takes at most `columns`; at least one character.
std::size_t prefix_of_width(std::string_view text, std::size_t columns);

/// The text, cut to at most `columns` (at least four) with "..." where it is longer.
std::string cut_to_width(std::string_view text, std::size_t columns);

/// The text with blanks behind (or before) it up to `columns`.
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

}  // namespace vernier::text

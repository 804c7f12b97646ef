// Foreign bytes in messages (one line, no terminal escapes, never too long) and in markup.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vernier {

/// The text with control bytes and bytes that are not UTF-8 written as \xNN (\n, \r and \t by
/// name) and characters that turn the direction of text round as \u202e, cut at a character
/// boundary to at most `limit` bytes of input, "..." marking the cut.
std::string printable(std::string_view text, std::size_t limit = 120);

/// The text with & < > " ' as entities: safe in HTML and XML between tags and inside quoted
/// attributes. Control bytes stay.
std::string escape_markup(std::string_view text);

}  // namespace vernier

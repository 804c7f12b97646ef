// Python's str.split(), str.lstrip() and str.rstrip() on UTF-8.
#pragma once

#include <string_view>

#include "metrics/text/token_list.h"

namespace vernier::text {

/// The text without white space at its begin, at its end.
std::string_view strip_left(std::string_view text);
std::string_view strip_right(std::string_view text);

/// Length in bytes of the white space that `text` begins with.
std::size_t leading_space(std::string_view text);
/// Length in bytes of the word that `text` begins with (0 when it begins with white space).
std::size_t leading_word(std::string_view text);

/// Appends the words between white space.
void push_words(std::string_view text, TokenList& tokens);

}  // namespace vernier::text

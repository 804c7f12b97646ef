// The tokens that Punkt looks at: words with the punctuation that may end a sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier::text {

/// A code point that closes a word or may follow the end of a sentence directly: ) " ; } ] * : @ '
/// ( { [ ! ?
constexpr bool is_punkt_mark(char c) {
  constexpr std::string_view kMarks = ")\";}]*:@'({[!?";
  return kMarks.find(c) != std::string_view::npos;
}

/// Appends the tokens of a text, line by line: runs of two or more hyphens or periods (". . ."
/// too), words, single characters.
void punkt_tokens(std::string_view text, std::vector<std::string_view>& tokens);

/// What parameters know a token as: lower case, any number "##number##".
std::string punkt_type(std::string_view token);

/// A letter and a period.
bool is_initial(std::string_view token);
/// Two or more periods at its begin, and nothing behind them.
bool is_ellipsis(std::string_view token);
/// Whether the first character is upper (lower) case.
bool begins_upper(std::string_view token);
bool begins_lower(std::string_view token);

}  // namespace vernier::text

// Articles, plurals and lists of English nouns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::replicator {

/// "a" or "an", by how words that begin so are spoken.
std::string_view article(std::string_view phrase);

/// Things that have a plural only: "scissors".
bool is_plural_only(std::string_view noun);

/// Of a noun or a name of several words in lower case: "box" is "boxes", "wine glass" "wine
/// glasses", "piece of cake" "pieces of cake". Names that do not end in a letter stay.
std::string plural(std::string_view noun);

/// "one" to "twelve", else digits.
std::string number_word(std::size_t number);

/// "a", "a and b", "a, b and c".
std::string list_of(const std::vector<std::string>& parts);

/// The text with a capital at its start.
std::string sentence_start(std::string text);

}  // namespace vernier::replicator

// The words of a model's answer, whatever it was dressed in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier::probes {

struct PlainWord {
  std::string text;              ///< lower case, letters, digits and apostrophes inside
  bool begins_sentence = false;  ///< first, or behind . ! ? ; or a line break
  bool after_slash = false;      ///< only a / lies between it and the word before
};

/// Compatibility forms are replaced (full-width letters, ligatures: Unicode NFKC), curly
/// apostrophes made straight, invisible characters (zero-width blanks, byte order marks) removed;
/// everything that is neither letter, digit, mark nor an apostrophe between two of them separates
/// words, Markdown and emoji too. What a model thought aloud is not its answer: <think> ...
/// </think> and the like are cut out, to the end where they are not closed, from the beginning
/// where they are not opened. The text must be valid UTF-8. Linear in its length.
std::vector<PlainWord> plain_words(std::string_view answer);

/// The text without <think>, <thinking>, <thought> and <reasoning> blocks; <answer> and </answer>
/// become line breaks.
std::string without_thoughts(std::string_view answer);

/// Compatibility forms replaced: Unicode NFKC. The text must be valid UTF-8.
std::string compatible_text(std::string_view text);

/// NFKC, apostrophes made straight, invisible characters removed, lower case.
std::string plain_text(std::string_view text);

}  // namespace vernier::probes

// Abbreviations that keep their full stop, as the lexer of CoreNLP 3.4.1 lists them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vernier::text::ptb {

/// Lists of words, each matched without regard to ASCII case except where "=" stands before a
/// letter: that letter is matched exactly.
enum class AbbreviationList {
  kLow,      ///< usually followed by lower case: inc. corp. jan. sq.
  kUp,       ///< usually followed by a name: mr. dr. gen. vs.
  kNumber,   ///< usually followed by a number: fig. no. art.
  kFileName  ///< file-name extensions
};

/// Length of the longest entry of the list that stands at units[0 .. size), without a full stop;
/// 0 when there is none.
std::size_t longest_entry(AbbreviationList list, const char16_t* units, std::size_t size);

/// Whether some abbreviation, in any case, is spelt as this word of ASCII letters. Used to keep
/// ordinary words on the short path; may say yes to other words, never no to an abbreviation.
bool may_be_abbreviation(std::string_view letters);

}  // namespace vernier::text::ptb

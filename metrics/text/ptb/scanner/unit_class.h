// Classes of UTF-16 code units as the lexer of CoreNLP 3.4.1 knows them.
#pragma once

#include <cstdint>
#include <string_view>

namespace vernier::text::ptb {

enum UnitClass : std::uint8_t {
  kWordLetter = 1,   ///< a letter, or one of the marks that the lexer counts as letters
  kLetter = 2,       ///< Unicode category L
  kDigit = 4,        ///< Unicode category Nd
  kSpace = 8,        ///< blanks that separate tokens
  kNewline = 16,     ///< line breaks
  kUpper = 32,       ///< upper-case letter
  kQuote = 64,       ///< typographic quotation marks, single and double
  kMiscSymbol = 128  ///< symbols that are tokens of their own
};

/// One byte of flags for each of the 65,536 units. Built at the first call (0.7 ms), because only
/// texts beyond ASCII need it; the Unicode facts are those of version 6.3, which the lexer was
/// generated with, so letters that came later are not letters here.
const std::uint8_t* unit_classes();

/// The same for the units below 128, without any building.
const std::uint8_t* ascii_classes();

constexpr bool ascii_letter(char16_t c) {
  return c < 0x80 && (c | 0x20) >= u'a' && (c | 0x20) <= u'z';
}
constexpr bool ascii_digit(char16_t c) { return c >= u'0' && c <= u'9'; }
constexpr bool ascii_alnum(char16_t c) { return ascii_letter(c) || ascii_digit(c); }
constexpr bool one_of(char16_t c, std::u16string_view set) {
  return set.find(c) != std::u16string_view::npos;
}

/// Lower case as the lexer's case-insensitive letters see it: ASCII, and the four letters whose
/// other case is an ASCII letter (long s, dotless i, dotted I, Kelvin sign).
inline char16_t fold(char16_t c) {
  if (c < 0x80) return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c;
  switch (c) {
    case 0x017F:
      return u's';
    case 0x0130:
    case 0x0131:
      return u'i';
    case 0x212A:
      return u'k';
    default:
      return c;
  }
}

}  // namespace vernier::text::ptb

#include "metrics/spice/grammar/words/signature.h"

#include <unicode/uchar.h>

#include "metrics/text/unicode/unicode.h"

namespace vernier::spice {
namespace {

// Java looks at UTF-16 code units one by one: what takes two of them is no letter and no digit.
bool is_unit(char32_t c) { return c <= 0xFFFF; }

bool is_upper_or_title(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  return is_unit(c) && (u_isUUppercase(u) || u_charType(u) == U_TITLECASE_LETTER);
}

bool is_lower_or_title_letter(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  return is_unit(c) && u_isalpha(u) && (u_isULowercase(u) || u_charType(u) == U_TITLECASE_LETTER);
}

bool is_digit(char32_t c) { return is_unit(c) && u_isdigit(static_cast<UChar32>(c)); }

}  // namespace

bool is_capitalised(std::string_view word) {
  if (word.empty()) return false;
  std::size_t at = 0;
  return is_upper_or_title(text::next_code_point(word, at));
}

std::string word_signature(std::string_view word, bool first) {
  bool has_digit = false, has_other = false, has_lower = false, has_dash = false;
  std::size_t units = 0;
  char32_t last = 0;
  for (std::size_t at = 0; at < word.size(); units += is_unit(last) ? 1 : 2) {
    last = text::next_code_point(word, at);
    (is_digit(last) ? has_digit : has_other) = true;
    has_lower = has_lower || is_lower_or_title_letter(last);
    has_dash = has_dash || last == U'-';
  }
  std::string signature = "UNK";
  if (is_capitalised(word)) {
    signature += !has_lower ? "-ALLC" : first ? "-INIT" : "-UC";
  } else if (has_lower) {
    signature += "-LC";
  }
  if (has_dash) signature += "-DASH";
  if (has_digit) {
    signature += has_other ? "-DIG" : "-NUM";
  } else if (units > 3) {
    // Half a surrogate pair in the original; that is in no lexicon, and neither is this.
    constexpr char32_t kReplacement = 0xFFFD;
    text::append_utf8(signature, is_unit(last)
                                     ? static_cast<char32_t>(u_tolower(static_cast<UChar32>(last)))
                                     : kReplacement);
  }
  return signature;
}

}  // namespace vernier::spice

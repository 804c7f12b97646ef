// What split patterns and added tokens ask of characters.
#pragma once

#include <unicode/uchar.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "metrics/text/unicode/unicode.h"

namespace vernier::engine {

/// \s of regular expressions: Unicode's White_Space.
inline bool is_white_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

/// Unicode's categories N*.
inline bool is_number(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_N_MASK) != 0;
}

/// Unicode's categories L*.
inline bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_L_MASK) != 0;
}

/// \w of regular expressions (UTS 18, annex C).
inline bool is_word(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  return (U_GET_GC_MASK(u) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0 ||
         u_hasBinaryProperty(u, UCHAR_ALPHABETIC) != 0 ||
         u_hasBinaryProperty(u, UCHAR_JOIN_CONTROL) != 0;
}

/// Where the last character of a text (not empty) begins.
inline std::size_t last_character(std::string_view text) {
  std::size_t pos = text.size() - 1;
  while (pos > 0 && (static_cast<std::uint8_t>(text[pos]) & 0xC0) == 0x80) --pos;
  return pos;
}

}  // namespace vernier::engine

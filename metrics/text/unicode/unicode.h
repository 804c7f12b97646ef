// UTF-8 and the few Unicode facts that every tokeniser needs. Everything else comes from ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::text {

/// Decodes one code point at text[pos] and advances pos. The text must be valid UTF-8.
inline char32_t next_code_point(std::string_view text, std::size_t& pos) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(pos);
  if (lead < 0x80) return text[pos++];
  if (lead < 0xE0) {
    const char32_t c = char32_t(lead & 0x1F) << 6 | (byte(pos + 1) & 0x3F);
    pos += 2;
    return c;
  }
  if (lead < 0xF0) {
    const char32_t c =
        char32_t(lead & 0x0F) << 12 | char32_t(byte(pos + 1) & 0x3F) << 6 | (byte(pos + 2) & 0x3F);
    pos += 3;
    return c;
  }
  const char32_t c = char32_t(lead & 0x07) << 18 | char32_t(byte(pos + 1) & 0x3F) << 12 |
                     char32_t(byte(pos + 2) & 0x3F) << 6 | (byte(pos + 3) & 0x3F);
  pos += 4;
  return c;
}

/// Appends the UTF-8 form of a code point.
void append_utf8(std::string& out, char32_t c);

/// Position of the first byte that is not valid UTF-8 (surrogates and overlong forms count), or
/// npos when all of it is valid.
std::size_t find_invalid_utf8(std::string_view text);

/// Replaces every maximal invalid sequence by U+FFFD; returns how many were replaced.
std::size_t replace_invalid_utf8(std::string& text);

/// True when more than a fifth of the letters belong to another script than Latin.
bool is_mostly_other_script(std::string_view text);

/// White space as Python's str.split() and str.isspace() see it.
bool is_python_space(char32_t c);

/// What \w of Python's regular expressions takes: letters, numbers of any kind, the underscore.
bool is_python_word(char32_t c);

/// Lower case as Java's toLowerCase(Locale.ENGLISH) and Python's str.lower() do it (full mapping,
/// final sigma included). ASCII takes a short path.
std::string to_lower(std::string_view text);

}  // namespace vernier::text

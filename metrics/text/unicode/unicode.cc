#include "metrics/text/unicode/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "metrics/text/unicode/byte_mask.h"

namespace vernier::text {
namespace {

// Length of the longest prefix of text[pos..] that could begin a valid sequence but is not one:
// the "maximal subpart" that Unicode recommends to replace by one U+FFFD.
std::size_t invalid_length(std::string_view text, std::size_t pos) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - pos, 4));
  std::int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT(bytes + pos, i, size, c);
  return static_cast<std::size_t>(std::max(i, 1));
}

}  // namespace

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  char bytes[4];
  int n = 0;
  if (c < 0x800) {
    bytes[n++] = static_cast<char>(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      bytes[n++] = static_cast<char>(0xE0 | c >> 12);
    } else {
      bytes[n++] = static_cast<char>(0xF0 | c >> 18);
      bytes[n++] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    }
    bytes[n++] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  }
  bytes[n++] = static_cast<char>(0x80 | (c & 0x3F));
  out.append(bytes, static_cast<std::size_t>(n));
}

std::size_t find_invalid_utf8(std::string_view text) {
  if (is_ascii(text)) return std::string_view::npos;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t pos = 0;
  while (pos < text.size()) {
    if (bytes[pos] < 0x80) {
      ++pos;
      continue;
    }
    // At most four bytes are looked at, so ICU's 32-bit positions never overflow.
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - pos, 4));
    std::int32_t i = 0;
    UChar32 c = 0;
    U8_NEXT(bytes + pos, i, size, c);
    if (c < 0) return pos;
    pos += static_cast<std::size_t>(i);
  }
  return std::string_view::npos;
}

std::size_t replace_invalid_utf8(std::string& text) {
  std::size_t bad = find_invalid_utf8(text);
  if (bad == std::string_view::npos) return 0;
  std::string out;
  std::size_t pos = 0, replaced = 0;
  while (bad != std::string_view::npos) {
    out.append(text, pos, bad);
    append_utf8(out, 0xFFFD);
    ++replaced;
    pos += bad;
    pos += invalid_length(text, pos);
    bad = find_invalid_utf8(std::string_view(text).substr(pos));
  }
  out.append(text, pos);
  text = std::move(out);
  return replaced;
}

bool is_mostly_other_script(std::string_view text) {
  if (is_ascii(text)) return false;
  std::size_t letters = 0, others = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = static_cast<UChar32>(next_code_point(text, pos));
    if (!u_isalpha(c)) continue;
    ++letters;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    others += script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
  }
  return others * 5 > letters;
}

bool is_python_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool is_python_word(char32_t c) {
  if (c < 0x80) return c == '_' || u_isalnum(static_cast<UChar32>(c));
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

std::string to_lower(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    out.assign(text);
    for (char& c : out) {
      c = ascii_lower(c);
    }
    return out;
  }
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(text.data(), static_cast<int>(text.size())),
                            sink, nullptr, status);
  return out;
}

}  // namespace vernier::text

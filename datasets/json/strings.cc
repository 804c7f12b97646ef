#include "datasets/json/strings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/json_text.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::json {
namespace {

/// Four hexadecimal digits, checked when the string was scanned.
char32_t hex4(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + 4, value, 16);
  return value;
}

/// The code point of the \u escape at raw[pos] (or pair of escapes), moving pos behind it; a lone
/// surrogate is returned as it is.
char32_t unicode_escape(std::string_view raw, std::size_t& pos) {
  const char32_t first = hex4(raw.substr(pos + 2, 4));
  pos += 6;
  if (first < 0xD800 || first >= 0xDC00) return first;
  if (raw.size() - pos < 6 || raw[pos] != '\\' || raw[pos + 1] != 'u') return first;
  const char32_t second = hex4(raw.substr(pos + 2, 4));
  if (second < 0xDC00 || second >= 0xE000) return first;
  pos += 6;
  return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

/// Whether a number (or -Infinity) has a double near it: 1e400 is legal JSON, but readers of the
/// meta fields refuse it as they refuse NaN.
bool is_finite(std::string_view number) {
  double value = 0;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  if (result.ec == std::errc()) return std::isfinite(value);
  const bool tiny = number.find("e-") != std::string_view::npos ||
                    number.find("E-") != std::string_view::npos || number.starts_with("0.") ||
                    number.starts_with("-0.");
  return tiny;
}

void append_utf8_run(std::string_view run, std::size_t offset, bool replace, std::string& out,
                     DecodeCounts& counts) {
  const std::size_t bad = text::find_invalid_utf8(run);
  if (bad == std::string_view::npos) {
    out += run;
    return;
  }
  if (!replace) {
    throw Fault{offset + bad,
                fmt::format("expected UTF-8, found the byte 0x{:02x}; write the file as UTF-8, or "
                            "use --replace-invalid",
                            static_cast<unsigned char>(run[bad]))};
  }
  std::string fixed(run);
  counts.replaced += text::replace_invalid_utf8(fixed);
  out += fixed;
}

}  // namespace

void decode(const RawString& raw, bool replace, std::string& out, DecodeCounts& counts) {
  const std::string_view bytes = raw.bytes();
  const auto append_run = [&](std::size_t begin, std::size_t end) {
    if (raw.ascii) {
      out.append(bytes, begin, end - begin);
    } else {
      append_utf8_run(bytes.substr(begin, end - begin), begin, replace, out, counts);
    }
  };
  if (!raw.escaped) {
    append_run(0, bytes.size());
    return;
  }
  for (std::size_t pos = 0; pos < bytes.size();) {
    std::size_t backslash = bytes.find('\\', pos);
    if (backslash == std::string_view::npos) backslash = bytes.size();
    append_run(pos, backslash);
    if (backslash == bytes.size()) return;
    pos = backslash;
    const char kind = bytes[pos + 1];
    if (kind != 'u') {
      constexpr std::string_view kNames = "bfnrt";
      const std::size_t control = kNames.find(kind);
      out += control == std::string_view::npos ? kind : "\b\f\n\r\t"[control];
      pos += 2;
      continue;
    }
    char32_t c = unicode_escape(bytes, pos);
    if (c >= 0xD800 && c < 0xE000) {
      if (!replace) {
        throw Fault{backslash,
                    fmt::format("expected Unicode text, found the lone surrogate {} (half of a "
                                "character); use --replace-invalid",
                                bytes.substr(backslash, 6))};
      }
      ++counts.replaced;
      c = 0xFFFD;
    }
    if (c == 0) ++counts.nul;
    text::append_utf8(out, c);
  }
}

void append_compact(std::string& out, std::string_view value, const TextRules& rules,
                    DecodeCounts& counts) {
  for (std::size_t i = 0; i < value.size();) {
    const char c = value[i];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      ++i;
    } else if (c == '"') {
      Cursor cursor(value, i);
      const RawString raw = cursor.string();
      if (rules.recode) {
        std::string text;
        try {
          decode(raw, rules.replace, text, counts);
        } catch (Fault& fault) {
          fault.offset += static_cast<std::size_t>(raw.bytes().data() - value.data());
          throw;
        }
        append_json_string(out, text);
      } else {
        out.append(value, i, cursor.offset() - i);
      }
      i = cursor.offset();
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      const std::size_t end = std::min(value.find_first_of(" \n\r\t,]}", i), value.size());
      const std::string_view number = value.substr(i, end - i);
      const bool finite = is_finite(number);
      out += finite ? number : "null";
      if (!finite) ++counts.not_finite;
      i = end;
    } else if (c == 'N' || c == 'I') {
      out += "null";
      ++counts.not_finite;
      i += c == 'N' ? 3 : 8;
    } else {
      out += c;
      ++i;
    }
  }
}

}  // namespace vernier::json

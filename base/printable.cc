#include "base/printable.h"

namespace vernier {
namespace {

/// Length of the well-formed, printable UTF-8 sequence at text[pos]; 0 when it must be escaped.
/// C1 controls (U+0080..U+009F) act on some terminals and are escaped like C0.
std::size_t printable_length(std::string_view text, std::size_t pos) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned lead = byte(pos);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  if (lead >= 0xC2 && lead < 0xE0 && continues(pos + 1)) {
    return lead == 0xC2 && byte(pos + 1) < 0xA0 ? 0 : 2;
  }
  if (lead >= 0xE0 && lead < 0xF0 && continues(pos + 1) && continues(pos + 2)) {
    const bool overlong = lead == 0xE0 && byte(pos + 1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(pos + 1) >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (lead >= 0xF0 && lead < 0xF5 && continues(pos + 1) && continues(pos + 2) &&
      continues(pos + 3)) {
    const bool overlong = lead == 0xF0 && byte(pos + 1) < 0x90;
    const bool beyond = lead == 0xF4 && byte(pos + 1) >= 0x90;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

/// Code point of the bidirectional embedding, override or isolate at text[pos] (U+202A..U+202E,
/// U+2066..U+2069), or 0. They show text in another order than it has.
unsigned reordering_control(std::string_view text, std::size_t pos) {
  const std::string_view bytes = text.substr(pos, 3);
  if (bytes.size() < 3 || !bytes.starts_with("\xE2")) return 0;
  const auto low = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]) & 0x3Fu; };
  const unsigned c = 0x2000u | low(1) << 6 | low(2);
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ? c : 0;
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  std::size_t pos = 0;
  while (pos < text.size()) {
    const std::size_t length = printable_length(text, pos);
    if (pos + (length == 0 ? 1 : length) > limit) {
      out += "...";
      break;
    }
    if (const unsigned control = length == 3 ? reordering_control(text, pos) : 0; control != 0) {
      out += {'\\', 'u', '2', '0', kHex[control >> 4 & 15], kHex[control & 15]};
      pos += length;
      continue;
    }
    if (length > 0) {
      out.append(text, pos, length);
      pos += length;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[pos++]);
    switch (byte) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::string escape_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace vernier

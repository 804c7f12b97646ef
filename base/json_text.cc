#include "base/json_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace vernier {

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t copied = 0;
  const auto escape = [&](std::size_t at, std::size_t length, std::string_view by) {
    out.append(text.substr(copied, at - copied));
    out.append(by);
    copied = at + length;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c == '"') {
      escape(i, 1, "\\\"");
    } else if (c == '\\') {
      escape(i, 1, "\\\\");
    } else if (c < 0x20 || c == 0x7F) {
      if (c == '\n') {
        escape(i, 1, "\\n");
      } else if (c == '\t') {
        escape(i, 1, "\\t");
      } else if (c == '\r') {
        escape(i, 1, "\\r");
      } else {
        escape(i, 1, fmt::format("\\u{:04x}", c));
      }
    } else if (c == 0xE2 && text.substr(i, 3) == "\u2028") {
      escape(i, 3, "\\u2028");
    } else if (c == 0xE2 && text.substr(i, 3) == "\u2029") {
      escape(i, 3, "\\u2029");
    }
  }
  out.append(text.substr(copied));
  out.push_back('"');
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out.append("null");
    return;
  }
  char buffer[32];
  // Counts make up most of a run; integers print several times faster.
  const auto [end, error] =
      std::abs(value) < 1e15 && value == std::trunc(value) && !(value == 0 && std::signbit(value))
          ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(value))
          : std::to_chars(buffer, buffer + sizeof buffer, value);
  static_cast<void>(error);  // 32 characters hold every double
  out.append(buffer, end);
}

void append_json_key(std::string& out, std::string_view key) {
  if (!out.ends_with('{') && !out.ends_with('[')) out.push_back(',');
  append_json_string(out, key);
  out.push_back(':');
}

void append_json_member(std::string& out, std::string_view key, std::string_view text) {
  append_json_key(out, key);
  append_json_string(out, text);
}

void append_json_member(std::string& out, std::string_view key, double value) {
  append_json_key(out, key);
  append_json_number(out, value);
}

void append_json_count(std::string& out, std::string_view key, std::uint64_t count) {
  append_json_key(out, key);
  out.append(std::to_string(count));
}

}  // namespace vernier

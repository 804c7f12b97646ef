// Writing JSON text piece by piece into a string: what a run of a million records needs instead of
// a document tree. Reading and small documents use libraries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vernier {

/// Appends `text` (valid UTF-8) as a JSON string with its quotes. Control characters, U+2028 and
/// U+2029 are escaped, so that a record is always one line for every reader.
void append_json_string(std::string& out, std::string_view text);

/// Appends `key` and its colon, after a comma where it is not the first of an object or list.
void append_json_key(std::string& out, std::string_view key);
void append_json_member(std::string& out, std::string_view key, std::string_view text);
void append_json_member(std::string& out, std::string_view key, double value);
void append_json_count(std::string& out, std::string_view key, std::uint64_t count);

/// Appends a list of strings.
template <class Texts>
void append_json_strings(std::string& out, const Texts& texts) {
  out.push_back('[');
  for (const auto& text : texts) {
    if (out.back() != '[') out.push_back(',');
    append_json_string(out, text);
  }
  out.push_back(']');
}

/// Appends the shortest decimal that reads back as the same double; null for NaN and infinities.
void append_json_number(std::string& out, double value);

}  // namespace vernier

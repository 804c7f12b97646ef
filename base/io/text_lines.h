// Texts line by line, without memory of their own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace vernier {

/// Calls visit(line, number) for each line, number from 1. "\n" and "\r\n" end lines and are in
/// none; a line end at the end of the text begins no further line.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(line, number);
  }
}

/// Calls visit(part) for each part between separators, empty ones too; not for an empty text.
template <class Visit>
void for_each_part(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    visit(part);
  }
}

}  // namespace vernier

// Long texts, cut.
#pragma once

#include <string_view>

namespace vernier::report {

/// Bytes of one text that a report holds.
inline constexpr std::size_t kLongestText = 2000;

/// The text (UTF-8) up to kLongestText bytes, cut between characters.
inline std::string_view excerpt(std::string_view text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace vernier::report

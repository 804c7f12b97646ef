// Long texts, cut.
#pragma once

#include <string_view>

namespace vernier::report {

/// Bytes of one text that a report holds.
inline constexpr std::size_t kLongestText = 2000;

/// Bytes of a line of what a judge saw, claimed or compared with.
inline constexpr std::size_t kLongestSeen = 400;

/// The text (UTF-8) up to so many bytes, cut between characters.
inline std::string_view cut_text(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

/// What a report holds of a text.
inline std::string_view excerpt(std::string_view text) { return cut_text(text, kLongestText); }

}  // namespace vernier::report

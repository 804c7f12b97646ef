// The end of bytes that may still become UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vernier::engine {

/// Bytes at the end that begin a character but do not end it, 0 to 3. What stands before them is
/// decided: it is valid or not, whatever follows.
inline std::size_t incomplete_tail(std::string_view bytes) {
  for (std::size_t n = 1; n <= 3 && n <= bytes.size(); ++n) {
    const auto at = [&](std::size_t i) {
      return static_cast<std::uint8_t>(bytes[bytes.size() - n + i]);
    };
    const std::uint8_t lead = at(0);
    if ((lead & 0xC0) == 0x80) continue;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || n >= length) return 0;
    if (n == 1) return 1;
    // Overlong forms, surrogates and code points beyond U+10FFFF show in the second byte.
    const std::uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return at(1) >= least && at(1) <= most ? n : 0;
  }
  return 0;
}

}  // namespace vernier::engine

// Fuzzed bytes as what a target needs: choices, texts, checks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "metrics/text/unicode/unicode.h"
#include "tests/fuzz/memory_file.h"

namespace vernier::fuzz {

/// What must hold; libFuzzer prints the stack where it does not.
inline void require(bool condition) {
  if (!condition) std::abort();
}

inline void require_utf8(std::string_view text) {
  require(text::find_invalid_utf8(text) == std::string_view::npos);
}

/// Reads an input from its front; zeros behind its end.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : left_(as_text(data, size)) {}

  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(left_[0]);
    left_.remove_prefix(1);
    return value;
  }
  /// Little-endian.
  std::size_t u16() {
    const std::size_t low = byte();
    return low | std::size_t{byte()} << 8;
  }
  /// One of the items of an array.
  template <class Items>
  auto one_of(const Items& items) {
    return items[byte() % std::size(items)];
  }
  std::string_view rest() const { return left_; }

 private:
  std::string_view left_;
};

/// What is asked is answered, or refused with this exit code in one line.
template <class Ask>
void answered_or_refused(Ask ask, ExitCode refusal = ExitCode::kBadInput) {
  try {
    ask();
  } catch (const Error& error) {
    require(error.code() == refusal);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
}

/// Damages bytes as the rest of the input says it, three bytes an edit: where (u16; with 0x8000
/// four bytes are set) and what.
inline void edit(std::string& bytes, Input& input) {
  while (!input.rest().empty()) {
    const std::size_t where = input.u16();
    const auto value = static_cast<char>(input.byte());
    if (bytes.empty()) continue;
    const std::size_t begin = (where & 0x7FFF) % bytes.size();
    const std::size_t end = std::min(bytes.size(), begin + ((where & 0x8000) != 0 ? 4 : 1));
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
              bytes.begin() + static_cast<std::ptrdiff_t>(end), value);
  }
}

/// The bytes between bytes 0xFF, which no UTF-8 text holds, made valid UTF-8: one text at least,
/// `most` at most.
inline std::vector<std::string> read_texts(std::string_view bytes, std::size_t most) {
  std::vector<std::string> texts;
  for (bool more = true; more && texts.size() < most;) {
    const std::size_t end = bytes.find('\xFF');
    texts.emplace_back(bytes.substr(0, end));
    text::replace_invalid_utf8(texts.back());
    require_utf8(texts.back());
    more = end != std::string_view::npos;
    if (more) bytes.remove_prefix(end + 1);
  }
  return texts;
}

}  // namespace vernier::fuzz

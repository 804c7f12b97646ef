#include "metrics/text/unicode/white_space.h"

#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

// Length of the longest prefix whose characters are (not) white space.
template <bool space>
std::size_t prefix(std::string_view text) {
  std::size_t pos = 0;
  while (pos < text.size()) {
    const auto byte = static_cast<unsigned char>(text[pos]);
    if (byte > ' ' && byte < 0x80) {
      if (space) return pos;
      ++pos;
      continue;
    }
    std::size_t next = pos;
    if (is_python_space(next_code_point(text, next)) != space) return pos;
    pos = next;
  }
  return pos;
}

}  // namespace

std::size_t leading_space(std::string_view text) { return prefix<true>(text); }
std::size_t leading_word(std::string_view text) { return prefix<false>(text); }

std::string_view strip_left(std::string_view text) { return text.substr(leading_space(text)); }

std::string_view strip_right(std::string_view text) {
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (text[last] & 0xC0) == 0x80) --last;
    std::size_t pos = last;
    if (!is_python_space(next_code_point(text, pos))) break;
    text = text.substr(0, last);
  }
  return text;
}

void push_words(std::string_view text, TokenList& tokens) {
  for (text = strip_left(text); !text.empty(); text = strip_left(text)) {
    const std::size_t size = leading_word(text);
    tokens.push(text.substr(0, size));
    text.remove_prefix(size);
  }
}

}  // namespace vernier::text

// The two forms in which the PTB tokeniser looks for ordinary words: what its short path asks of a
// text, and how the words found become tokens.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "metrics/text/ptb/scanner/unit_class.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/byte_mask.h"

namespace vernier::text::ptb {

/// UTF-8 bytes, copied to the token list at once, and the ends of their words looked up in masks.
class Bytes {
 public:
  Bytes(std::string_view text, bool lower_case, std::vector<std::uint64_t>& letters,
        TokenList& tokens)
      : text_(text), letters_(letters), tokens_(tokens), copy_(tokens.extend(text.size())) {
    const std::size_t n = text.size();
    letters.assign(n / 64 + 1, 0);
    for (std::size_t begin = 0; begin < n; begin += 64) {
      const std::size_t size = std::min<std::size_t>(64, n - begin);
      char is_letter[64] = {};
      for (std::size_t i = 0; i < size; ++i) {
        const char c = static_cast<char>(text[begin + i] | 0x20);
        is_letter[i] = c >= 'a' && c <= 'z';
      }
      letters[begin / 64] = nonzero_bits(is_letter);
    }
    if (!lower_case) {
      std::copy(text.begin(), text.end(), copy_);
      return;
    }
    for (std::size_t i = 0; i < n; ++i) {
      copy_[i] = ascii_lower(text[i]);
    }
  }
  std::size_t size() const { return text_.size(); }
  char16_t operator[](std::size_t i) const { return static_cast<unsigned char>(text_[i]); }
  std::string_view part(std::size_t p, std::size_t q) const { return text_.substr(p, q - p); }
  /// The end of the letters that begin at p.
  std::size_t letters_end(std::size_t p) const {
    std::size_t block = p / 64;
    std::uint64_t others = ~letters_[block] >> p % 64 << p % 64;
    while (others == 0) others = ~letters_[++block];
    return block * 64 + static_cast<std::size_t>(std::countr_zero(others));
  }
  void push(std::size_t p, std::size_t q) { tokens_.mark(copy_ + p, copy_ + q); }

 private:
  const std::string_view text_;
  std::vector<std::uint64_t>& letters_;  // bits; behind the text one at least is not set
  TokenList& tokens_;
  char* copy_;
};

/// UTF-16 units, copied to the token list word by word.
struct Units {
  std::u16string_view text;
  int to_lower;
  TokenList& tokens;

  std::size_t size() const { return text.size(); }
  char16_t operator[](std::size_t i) const { return text[i]; }
  std::u16string_view part(std::size_t p, std::size_t q) const { return text.substr(p, q - p); }
  std::size_t letters_end(std::size_t p) const {
    while (p < text.size() && ascii_letter(text[p])) ++p;
    return p;
  }
  void push(std::size_t p, std::size_t q) {
    char* out = tokens.extend(q - p);
    for (const char16_t c : part(p, q)) {
      *out++ = static_cast<char>(c >= u'A' && c <= u'Z' ? c + to_lower : c);
    }
    tokens.close();
  }
};

}  // namespace vernier::text::ptb

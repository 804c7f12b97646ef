#include "metrics/text/rouge/rouge_tokenizer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>

#include "metrics/text/rouge/porter_stemmer.h"
#include "metrics/text/unicode/byte_mask.h"

namespace vernier::text {
namespace {

// Lower case of a letter or digit, 0 for all else.
constexpr char folded(char c) {
  const char lower = static_cast<char>(c | 0x20);
  const bool letter = lower >= 'a' && lower <= 'z', digit = c >= '0' && c <= '9';
  return static_cast<char>((letter ? lower : 0) | (digit ? c : 0));
}

// Two characters beyond ASCII have an ASCII letter in their lower case (all of Unicode searched):
// U+0130 becomes "i" and a combining dot, U+212A KELVIN SIGN becomes "k". So no general
// lower-casing is needed: every other byte beyond ASCII separates tokens.
std::string to_ascii(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xC4\xB0")) {
      out += 'i';  // the dot's place is taken by the second byte
    } else if (text.substr(i).starts_with("\xE2\x84\xAA")) {
      out += 'k';
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

class RougeTokenizer final : public Tokenizer {
 public:
  RougeTokenizer(bool stem, bool keep_lines) : stem_(stem), keep_lines_(keep_lines) {}

  std::string_view name() const override {
    if (keep_lines_) return stem_ ? "rouge-stem-lines" : "rouge-lines";
    return stem_ ? "rouge-stem" : "rouge";
  }

  void tokenize(std::string_view text, std::string_view, TokenList& tokens) const override {
    if (!is_ascii(text)) {
      split(to_ascii(text), tokens);
    } else {
      split(text, tokens);
    }
  }

 private:
  void split(std::string_view text, TokenList& tokens) const {
    if (!keep_lines_) {
      split_line(text, tokens);
      return;
    }
    for (std::size_t begin = 0;;) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      split_line(text.substr(begin, end - begin), tokens);
      if (end == text.size()) return;
      tokens.push("\n");
      begin = end + 1;
    }
  }

  // Folds all of it at once, then finds the ends of words in masks of 64 bytes: the length of every
  // word is a surprise to the branch predictor, a bit more in a loop over bits is none.
  void split_line(std::string_view text, TokenList& tokens) const {
    char* const out = tokens.extend(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) out[i] = folded(text[i]);
    char* begin = nullptr;
    const auto change = [&](char* at) {  // a word begins or ends
      if (begin == nullptr) {
        begin = at;
        return;
      }
      std::size_t size = static_cast<std::size_t>(at - begin);
      if (stem_ && size > 3) size = porter_stem({begin, size});
      tokens.mark(begin, begin + size);
      begin = nullptr;
    };
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < text.size(); i += 64) {
      std::uint64_t word = nonzero_bits(out + i);
      if (text.size() - i < 64) word &= (std::uint64_t{1} << (text.size() - i)) - 1;
      std::uint64_t changes = word ^ (word << 1 | last);
      for (; changes != 0; changes &= changes - 1) change(out + i + std::countr_zero(changes));
      last = word >> 63;
    }
    if (begin != nullptr) change(out + text.size());
    tokens.end_marks();
  }

  bool stem_, keep_lines_;
};

}  // namespace

std::unique_ptr<Tokenizer> make_rouge_tokenizer(bool stem, bool keep_lines) {
  return std::make_unique<RougeTokenizer>(stem, keep_lines);
}

}  // namespace vernier::text

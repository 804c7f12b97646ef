#include "metrics/text/rouge/rouge_tokenizer.h"

#include <array>
#include <string>

#include "metrics/text/rouge/porter_stemmer.h"

namespace vernier::text {
namespace {

// Lower case of a letter or digit, 0 for all else.
constexpr std::array<char, 256> kFolded = [] {
  std::array<char, 256> folded{};
  for (unsigned char c = '0'; c <= '9'; ++c) folded[c] = static_cast<char>(c);
  for (unsigned char c = 'a'; c <= 'z'; ++c) {
    folded[c] = folded[c - 'a' + 'A'] = static_cast<char>(c);
  }
  return folded;
}();

constexpr char folded(char c) { return kFolded[static_cast<unsigned char>(c)]; }

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
    unsigned char bits = 0;
    for (const char c : text) bits |= static_cast<unsigned char>(c);
    if (bits < 0x80) {
      split(text, tokens);
    } else {
      split(to_ascii(text), tokens);
    }
  }

 private:
  void split(std::string_view text, TokenList& tokens) const {
    for (std::size_t here = 0; here < text.size();) {
      if (folded(text[here]) == 0) {
        if (keep_lines_ && text[here] == '\n') tokens.push("\n");
        ++here;
        continue;
      }
      const std::size_t begin = here;
      while (here < text.size() && folded(text[here]) != 0) ++here;
      const std::size_t size = here - begin;
      char* const word = tokens.extend(size);
      for (std::size_t i = 0; i < size; ++i) word[i] = folded(text[begin + i]);
      if (stem_ && size > 3) tokens.shrink(size - porter_stem({word, size}));
      tokens.close();
    }
  }

  bool stem_, keep_lines_;
};

}  // namespace

std::unique_ptr<Tokenizer> make_rouge_tokenizer(bool stem, bool keep_lines) {
  return std::make_unique<RougeTokenizer>(stem, keep_lines);
}

}  // namespace vernier::text

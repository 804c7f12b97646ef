#include "metrics/text/rouge/rouge_tokenizer.h"

#include <array>
#include <string>

#include "metrics/text/rouge/porter_stemmer.h"

namespace vernier::text {
namespace {

// Lower case of a letter or digit, '\n' for itself and a blank for all else.
constexpr std::array<char, 128> kFolded = [] {
  std::array<char, 128> folded{};
  folded.fill(' ');
  folded['\n'] = '\n';
  for (unsigned char c = '0'; c <= '9'; ++c) folded[c] = static_cast<char>(c);
  for (unsigned char c = 'a'; c <= 'z'; ++c) {
    folded[c] = folded[c - 'a' + 'A'] = static_cast<char>(c);
  }
  return folded;
}();

constexpr bool is_space(char c) { return c == ' ' || c == '\n'; }

// Two characters beyond ASCII have an ASCII letter in their lower case (all of Unicode searched):
// U+0130 becomes "i" and a combining dot, U+212A KELVIN SIGN becomes "k". So no general
// lower-casing is needed: every other byte beyond ASCII separates tokens.
char* fold(std::string_view text, char* out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      *out++ = kFolded[byte];
    } else if (text.substr(i).starts_with("\xC4\xB0")) {
      *out++ = 'i';  // the dot's place is taken by the second byte
    } else if (text.substr(i).starts_with("\xE2\x84\xAA")) {
      *out++ = 'k';
      i += 2;
    } else {
      *out++ = ' ';
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
    thread_local std::string buffer;
    if (buffer.size() < text.size()) buffer.resize(text.size());
    const char* const end = fold(text, buffer.data());
    for (char* here = buffer.data(); here != end;) {
      if (is_space(*here)) {
        if (keep_lines_ && *here == '\n') tokens.push("\n");
        ++here;
        continue;
      }
      char* const begin = here;
      while (here != end && !is_space(*here)) ++here;
      std::size_t size = static_cast<std::size_t>(here - begin);
      if (stem_ && size > 3) size = porter_stem({begin, size});
      tokens.push({begin, size});
    }
  }

 private:
  bool stem_, keep_lines_;
};

}  // namespace

std::unique_ptr<Tokenizer> make_rouge_tokenizer(bool stem, bool keep_lines) {
  return std::make_unique<RougeTokenizer>(stem, keep_lines);
}

}  // namespace vernier::text

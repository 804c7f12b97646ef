#include "metrics/text/sacrebleu/chrf_tokenizer.h"

#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::text {
namespace {

bool is_ascii_punctuation(char c) {
  return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
         !(c >= 'a' && c <= 'z');
}

void push_pieces(std::string_view word, TokenList& tokens) {
  if (word.size() == 1) {
    tokens.push(word);
  } else if (is_ascii_punctuation(word.back())) {
    tokens.push(word.substr(0, word.size() - 1));
    tokens.push(word.substr(word.size() - 1));
  } else if (is_ascii_punctuation(word.front())) {
    tokens.push(word.substr(0, 1));
    tokens.push(word.substr(1));
  } else {
    tokens.push(word);
  }
}

class ChrfTokenizer final : public Tokenizer {
 public:
  ChrfTokenizer(bool lowercase, bool keep_space) : lowercase_(lowercase), keep_space_(keep_space) {}

  std::string_view name() const override {
    if (keep_space_) return lowercase_ ? "chrf-space-lc" : "chrf-space";
    return lowercase_ ? "chrf-lc" : "chrf";
  }
  void tokenize(std::string_view text, std::string_view, TokenList& tokens) const override {
    if (lowercase_) {
      split(to_lower(text), tokens);
    } else {
      split(text, tokens);
    }
  }

 private:
  void split(std::string_view text, TokenList& tokens) const {
    while (true) {
      const std::size_t space = leading_space(text);
      if (keep_space_ && space > 0) tokens.push(text.substr(0, space));
      text.remove_prefix(space);
      if (text.empty()) return;
      const std::size_t word = leading_word(text);
      push_pieces(text.substr(0, word), tokens);
      text.remove_prefix(word);
    }
  }

  bool lowercase_, keep_space_;
};

}  // namespace

std::unique_ptr<Tokenizer> make_chrf_tokenizer(bool lowercase, bool keep_space) {
  return std::make_unique<ChrfTokenizer>(lowercase, keep_space);
}

}  // namespace vernier::text

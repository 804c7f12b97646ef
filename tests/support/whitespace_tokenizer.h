// Tokens at single blanks: lets a metric's test state its tokens itself.
#pragma once

#include "metrics/text/tokenizer.h"

namespace vernier::tests {

class WhitespaceTokenizer final : public text::Tokenizer {
 public:
  std::string_view name() const override { return "blank"; }
  void tokenize(std::string_view text, std::string_view, text::TokenList& tokens) const override {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find(' ', begin);
      if (end == std::string_view::npos) end = text.size();
      if (end > begin) tokens.push(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
};

}  // namespace vernier::tests

// Words as NLTK 3.8's word tokeniser ("destructive", a Treebank variant) makes them of a sentence.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "metrics/text/nltk/marked_text.h"
#include "metrics/text/token_list.h"

namespace vernier::text {

/// Where a token comes from: bytes of the text that was split.
struct TokenPlace {
  std::uint32_t begin = 0, end = 0;
};

/// One thread at a time: keeps its buffers. A step replaces everywhere, left to right, before the
/// next one begins.
class NltkWordTokenizer {
 public:
  /// Appends the tokens of one sentence (valid UTF-8), which lies at `place` of a text, and where
  /// in the text each comes from.
  void tokenize(std::string_view sentence, std::size_t place, TokenList& tokens,
                std::vector<TokenPlace>& places);

 private:
  void opening_quotes();
  void punctuation();
  void brackets();
  void closing_quotes();
  void contractions();

  template <class Match>
  void space_around(Match match);
  void final_period(std::string_view closers, bool blank_behind);
  void push_tokens(TokenList& tokens, std::vector<TokenPlace>& places) const;

  MarkedText text_;
};

}  // namespace vernier::text

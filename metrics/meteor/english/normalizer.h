// METEOR's text normalisation (option -norm), in front of lower-casing and splitting.
#pragma once

#include <string>
#include <string_view>

#include "metrics/text/token_list.h"

namespace vernier::meteor {

/// Rewrites one line as METEOR 1.5 does: symbols set free, dashes between letters split, clitics
/// cut off, full stops of abbreviations kept. One thread at a time; linear time.
class Normalizer {
 public:
  /// Appends the lower-cased words of `text` (valid UTF-8) to `words`.
  void normalize(std::string_view text, text::TokenList& words);

 private:
  void set_symbols_free();
  void protect_dot_runs();
  template <class Before, class After>
  void split_around(char32_t mark, Before before, After after, bool keep_with_next);
  void unify_quotes();
  void shorten_dashes();
  void split_dashes();
  void split_clitics();
  void emit_words(text::TokenList& words);

  // The line, and the line that the running step writes.
  std::u32string line_, next_;
  std::string word_;
};

}  // namespace vernier::meteor

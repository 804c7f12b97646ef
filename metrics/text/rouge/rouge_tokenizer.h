// The tokeniser of Google's rouge_score 0.1.2: lower case, every run of a-z and 0-9 is a token,
// tokens of more than three characters stemmed by Porter's algorithm when wanted.
#pragma once

#include <memory>

#include "metrics/text/tokenizer.h"

namespace vernier::text {

/// `stem` applies NLTK's Porter stemmer (its default mode) to tokens longer than three characters.
/// `keep_lines` makes every line feed a token of its own, "\n", so that ROUGE-Lsum can tell the
/// sentences apart; the vocabulary flags it, and no other token of these, as kCompoundWord.
/// Names: rouge, rouge-stem, rouge-lines, rouge-stem-lines.
std::unique_ptr<Tokenizer> make_rouge_tokenizer(bool stem, bool keep_lines = false);

}  // namespace vernier::text

// The Penn Treebank tokeniser that caption evaluation uses: Stanford CoreNLP 3.4.1's PTBTokenizer
// with -preserveLines -lowerCase, then the punctuation filter of pycocoevalcap. Rules in
// docs/tokenizers.md.
#pragma once

#include <memory>

#include "metrics/text/tokenizer.h"

namespace vernier::text {

struct PtbOptions {
  bool lower_case = true;
  /// Drop the 17 punctuation tokens that pycocoevalcap drops (compared after lower-casing).
  bool drop_punctuation = true;
};

/// Tokens may contain U+00A0 (fractions, phone numbers, SGML tags).
std::unique_ptr<Tokenizer> make_ptb_tokenizer(PtbOptions options);

}  // namespace vernier::text

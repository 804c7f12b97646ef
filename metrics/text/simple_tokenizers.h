// Tokenisers for languages that the Penn Treebank rules cannot split.
#pragma once

#include <memory>

#include "metrics/text/tokenizer.h"

namespace vernier::text {

/// Unicode word segmentation (UAX 29 with ICU's dictionaries for Chinese, Japanese, Thai, ...):
/// segments that hold a letter, a digit, an ideograph or kana, in lower case. The name carries the
/// ICU version, because its dictionaries decide the segments.
std::unique_ptr<Tokenizer> make_icu_tokenizer();

/// One token a code point, in lower case, white space dropped.
std::unique_ptr<Tokenizer> make_char_tokenizer();

}  // namespace vernier::text

// The tokeniser interface: UTF-8 text in, tokens out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/token_list.h"

namespace vernier::text {

/// Splits one text into tokens. An implementation is immutable after construction and may be used
/// by any number of threads at once.
class Tokenizer {
 public:
  virtual ~Tokenizer() = default;

  /// The name that signatures carry, e.g. "ptb-3.4.1", "13a", "icu-72.1".
  virtual std::string_view name() const = 0;

  /// Appends the tokens of `text` (valid UTF-8, any length) to `tokens`, in linear time.
  /// `following` is the text that the reference tool would see on the next line; only the PTB
  /// tokeniser looks at it (rules 31 and 32 of docs/tokenizers.md), all others ignore it.
  virtual void tokenize(std::string_view text, std::string_view following,
                        TokenList& tokens) const = 0;
};

/// Opens a tokeniser by its command-line name: ptb, ptb-raw (punctuation kept, case kept), icu,
/// char, 13a, intl, zh, none, rouge, rouge-stem, ... Throws Error(kUsage) naming all known ones.
std::unique_ptr<Tokenizer> open_tokenizer(std::string_view name);

/// All names that open_tokenizer accepts, each with a one-line description.
struct TokenizerInfo {
  std::string_view name;
  std::string_view description;
};
const std::vector<TokenizerInfo>& tokenizers();

}  // namespace vernier::text

// A caption as SPICE's parser sees it: CoreNLP's tokens, split into sentences.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/tokenizer.h"

namespace vernier::spice {

/// SPICE tokenises what the caption tools tokenised before, joined by blanks, once more. On
/// captions that changes next to nothing, but what the first pass kept together by its context
/// ("cannot" of "cannot's") comes apart. The rules are those of CoreNLP 3.4.1, where SPICE has
/// 3.6.0; the two differ in file names, abbreviations and dots that the first pass leaves to the
/// second nowhere in known captions (docs/spice.md). One thread at a time.
class SentenceSplitter {
 public:
  SentenceSplitter();

  /// Splits one caption. Returns its number of sentences: none for an empty caption.
  std::size_t split(std::span<const std::string_view> words);
  /// The tokens of a sentence of the last caption; valid until the next split().
  std::span<const std::string_view> sentence(std::size_t number) const {
    return std::span(views_).subspan(begins_[number], begins_[number + 1] - begins_[number]);
  }

 private:
  std::unique_ptr<text::Tokenizer> tokenizer_;
  std::string joined_;
  text::TokenList tokens_;
  std::vector<std::string_view> views_;
  std::vector<std::size_t> begins_;  // of sentences, and one behind the last
};

}  // namespace vernier::spice

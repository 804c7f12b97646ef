// What cuts text into words, which are encoded one by one: `pre_tokenizer` of a tokenizer.json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/tokenizer/patterns/split_pattern.h"

namespace vernier::engine {

struct PreTokenizerStep {
  enum class Kind : std::uint8_t {
    kDigits,       ///< numbers (N*) stand apart: each one with `each`, else each run of them
    kPattern,      ///< pieces are the matches of `pattern`
    kWords,        ///< the same, and those of white space go
    kPrefixBlank,  ///< a blank in front of pieces without one (ByteLevel's add_prefix_space)
    kMetaspace,    ///< blanks become `replacement`; see `scheme` and `each`
  };
  /// Where Metaspace puts a replacement in front of what does not begin with one.
  enum class Scheme : std::uint8_t { kNever, kFirst, kAlways };

  Kind kind = Kind::kDigits;
  SplitPattern pattern = SplitPattern::kGpt2;
  bool each = false;                ///< Metaspace: a piece ends before each replacement
  std::string replacement;          ///< one character
  Scheme scheme = Scheme::kAlways;  ///< kFirst: only where the piece begins the whole text
};

/// Steps in order.
using PreTokenizer = std::vector<PreTokenizerStep>;

/// A text and the pieces that it is cut into; memory that calls share.
class Pieces {
 public:
  /// One piece. `text` is valid UTF-8, not empty, below 2 GiB, and outlives this.
  void set(std::string_view text, bool begins_text);
  void apply(const PreTokenizer& steps);

  template <class Visit>
  void for_each(Visit visit) const {
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends_) {
      visit(text_.substr(begin, end - begin));
      begin = end;
    }
  }

 private:
  void cut(const PreTokenizerStep& step);
  void keep_words(const PreTokenizerStep& step);
  void rewrite(const PreTokenizerStep& step);

  std::string_view text_;
  std::vector<std::uint32_t> ends_, new_ends_;
  std::string written_, spare_;  // texts that steps wrote
  bool begins_text_ = false;     // of the first piece
};

}  // namespace vernier::engine

// Which words of a candidate its references have too.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "metrics/text/tokenizer.h"
#include "results/run/run_file.h"

namespace vernier::report {

/// A piece of a text. `level` is the length of the longest n-gram, up to 4, that lies over its
/// words and occurs in some reference; 0 for words and gaps that none has.
struct Segment {
  int level;
  std::string_view text;
};

/// Words are compared as the run's metrics compare them: PTB tokens in lower case, or those of
/// --tokenizer icu or char where a signature says so. Single-threaded.
class WordMatcher {
 public:
  explicit WordMatcher(const RunHeader& header);

  /// The references that segments() compares with from now on.
  void set_references(std::span<const std::string_view> references);

  /// All of `text` (valid UTF-8) in pieces. Where the words of a text cannot be found in it again
  /// it is one piece of level 0. Pieces of equal level are joined, with the blanks between them.
  std::vector<Segment> segments(std::string_view text) const;

 private:
  static constexpr std::size_t kLongest = 4;

  std::unique_ptr<text::Tokenizer> tokenizer_;
  std::unordered_set<std::uint64_t> ngrams_;  // hashes, of all references
};

}  // namespace vernier::report

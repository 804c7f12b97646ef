// From a caption to its tuples.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "metrics/spice/caption/sentences.h"
#include "metrics/spice/syntax/parser.h"
#include "metrics/spice/tuples/tuple_extractor.h"

namespace vernier::spice {

/// One thread's part: splits, parses, extracts.
class CaptionParser {
 public:
  explicit CaptionParser(const Parser& parser) : worker_(parser.make_worker()) {}

  /// Replaces `out` by the tuples of all sentences of a caption, which is given as the tokens of
  /// the caption tools. False where a sentence is longer than the parser takes.
  bool parse(std::span<const std::string_view> words, TupleList& out) {
    return parse(words, out, [](auto&&...) {});
  }

  /// The same; `visit(number, tokens, parsed)` sees each sentence on the way.
  template <class Visit>
  bool parse(std::span<const std::string_view> words, TupleList& out, Visit visit) {
    out.clear();
    const std::size_t sentences = splitter_.split(words);
    for (std::size_t n = 0; n < sentences; ++n) {
      const std::span<const std::string_view> tokens = splitter_.sentence(n);
      if (!worker_->parse(tokens, parsed_) || !extractor_.append(tokens, parsed_, n, out)) {
        return false;
      }
      visit(n, tokens, parsed_);
    }
    return true;
  }

  /// Of a sentence that a visitor is shown.
  std::vector<ScoredParse> best_parses(std::span<const std::string_view> tokens, std::size_t most) {
    return worker_->best_parses(tokens, most);
  }
  WordTags tags_of(std::string_view word) { return worker_->tags_of(word); }
  std::string collapsed_edges(std::size_t number, std::span<const std::string_view> tokens,
                              const ParsedSentence& parsed) {
    return extractor_.collapsed_edges(tokens, parsed, number);
  }

 private:
  std::unique_ptr<ParserWorker> worker_;
  SentenceSplitter splitter_;
  ParsedSentence parsed_;
  TupleExtractor extractor_;
};

}  // namespace vernier::spice

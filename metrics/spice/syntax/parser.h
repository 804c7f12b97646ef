// The one interface of SPICE's parsers: a sentence in, a tagged basic dependency tree out.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/spice/syntax/label.h"
#include "metrics/spice/syntax/relation.h"
#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

/// Words are counted from 1; governor 0 is the root.
struct Dependency {
  std::uint16_t governor;
  std::uint16_t dependent;
  Relation relation;

  friend bool operator==(const Dependency&, const Dependency&) = default;
};

/// Basic dependencies in the order of their dependents. A word has one governor; in strange trees
/// it may have none or several.
struct ParsedSentence {
  std::vector<Label> tags;  ///< one a word
  std::vector<Dependency> dependencies;
  Tree tree;  ///< empty from parsers that make none
};

/// A parse and the natural logarithm of the probability of the best tree that makes it.
struct ScoredParse {
  double score;
  ParsedSentence parsed;
};

/// What a parser's lexicon says of a word: its tags, split as the grammar splits them, with the
/// natural logarithm of P(word | tag).
struct WordTags {
  bool listed = false;
  std::vector<std::pair<std::string_view, float>> scores;
};

/// One thread's part of a parser: its scratch memory.
class ParserWorker {
 public:
  virtual ~ParserWorker() = default;
  /// `words` are tokens of the CoreNLP tokeniser, at least one. Returns false where the sentence is
  /// longer than the parser takes; `out` is then unspecified. Does not depend on earlier calls.
  virtual bool parse(std::span<const std::string_view> words, ParsedSentence& out) = 0;
  /// The parses of the last sentence that its `most` best trees make, each once, best first. None
  /// from parsers that make no trees. `words` are those of parse().
  virtual std::vector<ScoredParse> best_parses(std::span<const std::string_view> /*words*/,
                                               std::size_t /*most*/) {
    return {};
  }
  /// Nothing from parsers without a lexicon.
  virtual WordTags tags_of(std::string_view /*word*/) { return {}; }
};

/// Thread safe.
class Parser {
 public:
  virtual ~Parser() = default;
  /// Says exactly which parser with which weights: a part of the metric's signature.
  virtual std::string signature() const = 0;
  virtual std::unique_ptr<ParserWorker> make_worker() const = 0;
};

}  // namespace vernier::spice

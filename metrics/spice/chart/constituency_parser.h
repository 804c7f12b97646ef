// Sentences to constituency trees, exactly as the parser of CoreNLP 3.6.0 does it with its
// unlexicalised English grammar.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "metrics/spice/grammar/grammar.h"
#include "metrics/spice/syntax/parser.h"
#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

class ChartRules;

/// Longer sentences are refused: the time grows with the cube of the length and the memory with its
/// square.
inline constexpr std::size_t kMostParsedWords = 150;

/// Read-only and thread safe; each thread parses with a worker of its own.
class ConstituencyParser {
 public:
  /// Throws Error(kResource) for a grammar that is unlike that of CoreNLP.
  explicit ConstituencyParser(std::shared_ptr<const Grammar> grammar);

  const Grammar& grammar() const { return *grammar_; }

  /// Of a word inside a sentence.
  WordTags tags_of(std::string_view word) const;

  class Worker {
   public:
    explicit Worker(const ConstituencyParser& parser);
    ~Worker();
    Worker(Worker&&) noexcept;
    Worker& operator=(Worker&&) noexcept;

    /// Replaces `tree` by the best tree of a sentence: tokens of the CoreNLP tokeniser, at least
    /// one, none empty, valid UTF-8. False where there are more than kMostParsedWords. The result
    /// does not depend on earlier sentences. Throws Error(kResource) where the grammar makes
    /// endless trees.
    bool parse(std::span<const std::string_view> words, Tree& tree);

    /// The score of the last tree: the natural logarithm of its probability with its words, as the
    /// original attaches it to the tree.
    double score() const;

    struct ScoredTree {
      double score;
      Tree tree;
    };
    /// The best trees of the last sentence, at most so many (best_trees.h); none where it has none.
    std::vector<ScoredTree> best_trees(std::size_t most) const;

   private:
    struct Scratch;
    std::unique_ptr<Scratch> scratch_;
  };

 private:
  std::shared_ptr<const Grammar> grammar_;
  std::shared_ptr<const ChartRules> rules_;
};

}  // namespace vernier::spice

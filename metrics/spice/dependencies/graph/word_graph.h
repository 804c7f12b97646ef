// From a tree with heads to edges between words.
#pragma once

#include <span>
#include <vector>

#include "metrics/spice/dependencies/graph/edge.h"
#include "metrics/spice/dependencies/heads/heads.h"
#include "metrics/spice/dependencies/pattern/matcher.h"
#include "metrics/spice/dependencies/rules/rules.h"

namespace vernier::spice {

/// Applies the relation rules, then attaches the words that none of them reached. Follows
/// EnglishGrammaticalStructure of CoreNLP 3.6.0 up to its post-processing. One thread at a time.
class WordGraph {
 public:
  explicit WordGraph(const Rules& rules) : rules_(rules), matcher_(rules.program) {}

  /// The edges of a numbered tree of `size` words without that of the root; `words` as in Sight.
  std::span<const NamedEdge> build(const WorkTree& tree, std::span<const WordSet> words,
                                   const Heads& heads);

 private:
  void relate(const WorkTree& tree, NodeId phrase);
  void add(std::uint16_t governor, std::uint16_t dependent, EdgeName name);
  void attach_stranded(const WorkTree& tree);
  EdgeName single_name(std::uint64_t names) const;
  std::uint16_t component(std::uint16_t word);

  const Rules& rules_;
  Matcher matcher_;
  std::span<const WordSet> words_;
  std::span<const std::uint16_t> heads_;  // by node
  struct Attachment {
    std::uint16_t governor = 0;  // 0: none
    std::uint64_t names = 0;     // a bit for each EdgeName
  };
  std::vector<Attachment> attachments_;    // by word
  std::vector<std::uint16_t> components_;  // by word, a forest: words that edges connect
  std::vector<NamedEdge> edges_;
};

}  // namespace vernier::spice

// Tries patterns at the nodes of a tree.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "metrics/spice/dependencies/pattern/pattern.h"

namespace vernier::spice {

/// What patterns look at. `words` begins with an empty set, followed by the lists that each word is
/// on; `heads` holds the head child of each node (patterns that do not ask for it need none).
struct Sight {
  const WorkTree* tree;
  std::span<const WordSet> words;
  std::span<const NodeId> heads;
};

class Matcher {
 public:
  explicit Matcher(const PatternProgram& program) : program_(program) {}

  void look_at(const Sight& sight) { sight_ = sight; }

  /// The nodes that the name to yield can have, in the order in which they are found and as often.
  std::span<const NodeId> targets(const Pattern& pattern, NodeId at);

  /// Whether a pattern without a name to yield matches. at() then tells what a name stands for.
  bool matches(const Pattern& pattern, NodeId at);
  NodeId at(Register name) const { return nodes_[name]; }

 private:
  bool run(std::size_t at);
  bool search(const Step& step);
  bool fits(const Step& step, NodeId node) const;
  bool related(Move move, NodeId from, NodeId to) const;
  NodeId single(Move move, NodeId from) const;
  const WorkNode& node(NodeId at) const { return (*sight_.tree)[at]; }
  NodeId head(NodeId at) const { return sight_.heads[at]; }

  const PatternProgram& program_;
  Sight sight_{};
  std::array<NodeId, kRegisters> nodes_{};
  std::vector<NodeId> found_;
};

/// Whether a node passes a test.
inline bool passes(const NodeTest& test, const WorkNode& node, std::span<const WordSet> words) {
  if (!contains(test.labels, node.label)) return false;
  const WordSet& word = words[node.word];
  return (test.some.none() || (test.some & word).any()) && (test.none & word).none();
}

}  // namespace vernier::spice

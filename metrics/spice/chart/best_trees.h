// The best trees of a filled chart, one after the other.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "metrics/spice/chart/chart.h"
#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

/// Huang and Chiang, "Better k-best Parsing" (IWPT 2005), algorithm 3: a derivation is made when it
/// is asked for, from the next best ones of its parts. Different derivations may print as the same
/// tree. Trees that contain a state twice over the same words, one above the other, are left out.
class BestTrees {
 public:
  /// Looks at no more than `most` trees. Rules and chart must outlive it.
  BestTrees(const ChartRules& rules, const Chart& chart, std::size_t most);

  /// Replaces `tree` by the next best one, as it is printed. False where there are no more. Throws
  /// Error(kResource) where the grammar makes endless trees.
  bool next(Tree& tree);
  /// Of that tree: the natural logarithm of its probability with its words.
  double score() const { return score_; }

 private:
  /// A rule over a span, with the ranks of its parts' derivations. A word's tag has no rule.
  struct Derivation {
    double score;
    const BinaryRule* binary;
    const UnaryRule* unary;
    std::uint32_t split, left, right;
  };
  struct Node {  // a state over a span
    StateId state;
    std::uint32_t begin, end;
    bool started = false, busy = false;
    std::vector<Derivation> found, heap;
  };

  Node& node(StateId state, std::size_t begin, std::size_t end);
  double score_of(StateId state, std::size_t begin, std::size_t end) const;
  double part_score(StateId state, std::size_t begin, std::size_t end, std::size_t rank);
  void start(Node& node);
  void start_root();
  void keep_best(std::vector<Derivation>& heap) const;
  bool find(Node& node, std::size_t rank);
  void push_next(Node& node, Derivation last, bool left);
  void add(StateId state, std::size_t begin, std::size_t end, std::size_t rank, int chain,
           Tree& tree);

  const ChartRules& rules_;
  const Grammar& grammar_;
  const Chart& chart_;
  std::size_t most_, given_ = 0;
  double score_ = 0;
  std::deque<Node> nodes_;  // the first is the root, which has no state
  std::unordered_map<std::uint64_t, Node*> node_of_;
};

}  // namespace vernier::spice

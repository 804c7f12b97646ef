// Head children: which child of a phrase stands for it.
#pragma once

#include <span>
#include <vector>

#include "metrics/spice/dependencies/heads/head_table.h"
#include "metrics/spice/dependencies/pattern/matcher.h"

namespace vernier::spice {

/// Follows UniversalSemanticHeadFinder of CoreNLP 3.6.0. One thread at a time.
class Heads {
 public:
  Heads(const HeadTable& table, const PatternProgram& program) : table_(table), matcher_(program) {}

  /// Finds all heads of a numbered tree; `words` as in Sight.
  void find(const WorkTree& tree, std::span<const WordSet> words);

  /// By node: the head child as patterns see it, without regard to the parent; kNoNode of leaves.
  std::span<const NodeId> without_parent() const { return without_parent_; }
  /// By node: the head word, from 1, which does regard the parents.
  std::span<const std::uint16_t> words() const { return words_of_; }

 private:
  bool is_auxiliary(NodeId node, const WordSet& words) const;
  bool has_passive_phrase(NodeId node) const;
  bool is_existential(NodeId node) const;
  bool is_wh_question(NodeId node) const;
  bool has_existential_word(NodeId node) const;
  NodeId head_of(NodeId node, bool copulas);
  NodeId head_of_verbs(NodeId node, bool copulas);
  NodeId head_by_table(NodeId node);
  std::size_t search(const HeadSearch& search) const;
  NodeId first_conjunct(std::size_t found) const;
  const WorkNode& node(NodeId at) const { return (*tree_)[at]; }
  Label label(NodeId at) const { return node(at).label; }

  const HeadTable& table_;
  Matcher matcher_;
  const WorkTree* tree_ = nullptr;
  std::span<const WordSet> words_;
  std::vector<NodeId> without_parent_;
  std::vector<NodeId> order_;
  std::vector<std::uint16_t> words_of_;
  std::vector<NodeId> children_;  // of one node, those that are searched
  NodeSet labels_;                // of these
};

}  // namespace vernier::spice

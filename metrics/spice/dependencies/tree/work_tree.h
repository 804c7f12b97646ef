// A constituency tree that can be changed, with the words as its leaves.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/spice/syntax/label.h"
#include "metrics/spice/syntax/tree.h"

namespace vernier::spice {

/// The label of words, which are nodes here.
inline constexpr Label kLeaf = static_cast<Label>(kLabelCount);

/// A set of labels, kLeaf among them.
using NodeSet = std::bitset<128>;
static_assert(kLabelCount < NodeSet().size());

inline bool contains(const NodeSet& set, Label label) {
  return set[static_cast<std::size_t>(label)];
}

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

struct WorkNode {
  Label label;
  /// Of a leaf and the tag above it: which word, from 1. 0 for phrases.
  std::uint16_t word;
  NodeId parent, first, last, next, previous;  ///< kNoNode where there is none
  std::uint32_t order;                         ///< in pre-order; see WorkTree::number()
};

/// Nodes keep their ids; those taken out of the tree stay behind unseen. Reuses its memory.
class WorkTree {
 public:
  /// Takes a tree over anew.
  void assign(const Tree& tree);

  NodeId root() const { return root_; }
  std::size_t size() const { return nodes_.size(); }
  const WorkNode& operator[](NodeId node) const { return nodes_[node]; }
  /// All labels that nodes have had since assign().
  const NodeSet& labels() const { return labels_; }

  /// The next node in pre-order within the subtree of `top`; kNoNode behind its last.
  NodeId following(NodeId node, NodeId top) const {
    return nodes_[node].first != kNoNode ? nodes_[node].first : following_outside(node, top);
  }
  /// The same, passing over what is below `node`.
  NodeId following_outside(NodeId node, NodeId top) const;

  /// Puts the sisters `first` to `last` under a new node in their place.
  NodeId wrap(Label label, NodeId first, NodeId last);
  /// Replaces a node by its children. The root must have exactly one.
  void splice(NodeId node);
  /// Takes a node with all below it out of the tree. Not for the root.
  void detach(NodeId node);
  void move_after(NodeId place, NodeId node);
  void move_to_front(NodeId parent, NodeId node);
  void relabel(NodeId node, Label label);
  /// A node outside the tree, over `children`, which must have been detached or be about to lose
  /// their parent by set_children().
  NodeId make(Label label, std::span<const NodeId> children);
  /// Replaces the children of a node; the former ones are not told.
  void set_children(NodeId node, std::span<const NodeId> children);

  /// Sets `order` of all nodes. Changes of the tree do not keep it up.
  void number();

 private:
  NodeId add(Label label, std::uint16_t word);
  void append(NodeId parent, NodeId child);
  void link(NodeId parent, NodeId previous, NodeId node, NodeId next);

  std::vector<WorkNode> nodes_;
  std::vector<NodeId> by_position_;  // of the tree taken over
  NodeSet labels_;
  NodeId root_ = kNoNode;
};

}  // namespace vernier::spice

#include "metrics/spice/dependencies/tree/work_tree.h"

namespace vernier::spice {

NodeId WorkTree::add(Label label, std::uint16_t word) {
  labels_.set(static_cast<std::size_t>(label));
  nodes_.push_back({label, word, kNoNode, kNoNode, kNoNode, kNoNode, kNoNode, 0});
  return static_cast<NodeId>(nodes_.size() - 1);
}

void WorkTree::append(NodeId parent, NodeId child) {
  link(parent, nodes_[parent].last, child, kNoNode);
}

void WorkTree::link(NodeId parent, NodeId previous, NodeId node, NodeId next) {
  nodes_[node].parent = parent;
  nodes_[node].previous = previous;
  nodes_[node].next = next;
  (previous == kNoNode ? nodes_[parent].first : nodes_[previous].next) = node;
  (next == kNoNode ? nodes_[parent].last : nodes_[next].previous) = node;
}

void WorkTree::assign(const Tree& tree) {
  nodes_.clear();
  labels_.reset();
  root_ = 0;
  NodeId open = kNoNode;  // the phrase to which the next node belongs
  by_position_.clear();
  for (std::uint32_t at = 0; at < tree.size(); ++at) {
    while (open != kNoNode && tree[by_position_[open]].end <= at) open = nodes_[open].parent;
    const bool tag = is_tag(tree[at].label);
    const auto word = static_cast<std::uint16_t>(tag ? tree[at].token + 1 : 0);
    const NodeId node = add(tree[at].label, word);
    by_position_.resize(node + 1);
    by_position_[node] = at;
    if (open != kNoNode) append(open, node);
    if (tag) {
      append(node, add(kLeaf, word));
    } else {
      open = node;
    }
  }
}

NodeId WorkTree::following_outside(NodeId node, NodeId top) const {
  while (node != top) {
    if (nodes_[node].next != kNoNode) return nodes_[node].next;
    node = nodes_[node].parent;
  }
  return kNoNode;
}

NodeId WorkTree::wrap(Label label, NodeId first, NodeId last) {
  const NodeId wrapper = add(label, 0);
  const NodeId parent = nodes_[first].parent;
  link(parent, nodes_[first].previous, wrapper, nodes_[last].next);
  nodes_[wrapper].first = first;
  nodes_[wrapper].last = last;
  nodes_[first].previous = kNoNode;
  nodes_[last].next = kNoNode;
  for (NodeId node = first; node != kNoNode; node = nodes_[node].next) {
    nodes_[node].parent = wrapper;
  }
  return wrapper;
}

void WorkTree::splice(NodeId node) {
  if (node == root_) {
    root_ = nodes_[node].first;
    nodes_[root_].parent = kNoNode;
    return;
  }
  while (nodes_[node].last != kNoNode) move_after(node, nodes_[node].last);
  detach(node);
}

void WorkTree::detach(NodeId node) {
  const WorkNode& at = nodes_[node];
  (at.previous == kNoNode ? nodes_[at.parent].first : nodes_[at.previous].next) = at.next;
  (at.next == kNoNode ? nodes_[at.parent].last : nodes_[at.next].previous) = at.previous;
}

void WorkTree::move_after(NodeId place, NodeId node) {
  detach(node);
  link(nodes_[place].parent, place, node, nodes_[place].next);
}

void WorkTree::move_to_front(NodeId parent, NodeId node) {
  detach(node);
  link(parent, kNoNode, node, nodes_[parent].first);
}

void WorkTree::relabel(NodeId node, Label label) {
  labels_.set(static_cast<std::size_t>(label));
  nodes_[node].label = label;
}

NodeId WorkTree::make(Label label, std::span<const NodeId> children) {
  const NodeId node = add(label, 0);
  set_children(node, children);
  return node;
}

void WorkTree::set_children(NodeId node, std::span<const NodeId> children) {
  nodes_[node].first = nodes_[node].last = kNoNode;
  for (const NodeId child : children) append(node, child);
}

void WorkTree::number() {
  std::uint32_t order = 0;
  for (NodeId node = root_; node != kNoNode; node = following(node, root_)) {
    nodes_[node].order = order++;
  }
}

}  // namespace vernier::spice

#include "metrics/spice/graph/multigraph/traversal.h"

#include <algorithm>

namespace vernier::spice {

const std::vector<NodeId>& Traversal::order(Graph& graph) {
  start(graph);
  order_.clear();
  for (const NodeId node : graph.in_map_order()) {
    if (state_[node] == kNew && !visit(graph, node)) return graph.in_map_order();
  }
  std::reverse(order_.begin(), order_.end());
  return order_;
}

// Appends what can be reached to order_, each node behind its children; false at a cycle.
bool Traversal::visit(const Graph& graph, NodeId from) {
  open_.assign(1, {from, graph.first_out(from)});
  state_[from] = kOpen;
  while (!open_.empty()) {
    const EdgeId edge = open_.back().next;
    if (edge == kNoEdge) {
      state_[open_.back().node] = kDone;
      order_.push_back(open_.back().node);
      open_.pop_back();
      continue;
    }
    open_.back().next = graph.next_out(edge);
    const NodeId child = graph.edge(edge).dependent;
    if (state_[child] == kOpen) return false;
    if (state_[child] == kDone) continue;
    state_[child] = kOpen;
    open_.push_back({child, graph.first_out(child)});
  }
  return true;
}

NodeId Traversal::parent(const Graph& graph, NodeId node) {
  if (graph.is_root(node)) return kNoNode;
  governors_.clear();
  for (EdgeId e = graph.first_in(node); e != kNoEdge; e = graph.next_in(e)) {
    governors_.push_back(graph.edge(e).governor);
  }
  std::sort(governors_.begin(), governors_.end(),
            [&](NodeId a, NodeId b) { return graph.before(a, b); });
  start(graph);
  state_[node] = kDone;
  // What a search went through that found no root leads to none: later ones need not go there.
  for (const NodeId governor : governors_) {
    if (state_[governor] == kNew && reaches_root(graph, governor)) return governor;
  }
  return kNoNode;
}

bool Traversal::reaches_root(const Graph& graph, NodeId from) {
  queue_.assign(1, from);
  state_[from] = kDone;
  while (!queue_.empty()) {
    const NodeId node = queue_.back();
    queue_.pop_back();
    if (graph.is_root(node)) return true;
    for (EdgeId e = graph.first_in(node); e != kNoEdge; e = graph.next_in(e)) {
      const NodeId governor = graph.edge(e).governor;
      if (state_[governor] != kNew) continue;
      state_[governor] = kDone;
      queue_.push_back(governor);
    }
  }
  return false;
}

void Traversal::sort_by_position(const Graph& graph, std::size_t begin) {
  std::sort(queue_.begin() + begin, queue_.end(),
            [&](NodeId a, NodeId b) { return graph.before(a, b); });
}

}  // namespace vernier::spice

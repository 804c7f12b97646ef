// Walks over a graph in the orders that CoreNLP has.
#pragma once

#include <vector>

#include "metrics/spice/graph/multigraph/graph.h"

namespace vernier::spice {

/// Scratch memory of walks. One thread at a time.
class Traversal {
 public:
  /// The order in which patterns meet nodes: reverse post-order of a depth-first search, or that of
  /// the map of nodes where the graph has a cycle. Good until the next call.
  const std::vector<NodeId>& order(Graph& graph);

  /// The first governor, by position, from which a root can be reached without passing `node`
  /// again. None of roots.
  NodeId parent(const Graph& graph, NodeId node);

  /// The first node that `is` holds for in a breadth-first search from a root, children by
  /// position. kNoNode where there is none.
  template <class Predicate>
  NodeId search(const Graph& graph, NodeId root, Predicate is) {
    start(graph);
    queue_.assign(1, root);
    state_[root] = kDone;
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      const NodeId node = queue_[at];
      if (is(node)) return node;
      const std::size_t end = queue_.size();
      for (EdgeId e = graph.first_out(node); e != kNoEdge; e = graph.next_out(e)) {
        const NodeId child = graph.edge(e).dependent;
        if (state_[child] == kDone) continue;
        state_[child] = kDone;
        queue_.push_back(child);
      }
      sort_by_position(graph, end);
    }
    return kNoNode;
  }

 private:
  enum State : std::uint8_t { kNew, kOpen, kDone };
  struct Open {
    NodeId node;
    EdgeId next;
  };
  void start(const Graph& graph) { state_.assign(graph.size(), kNew); }
  bool visit(const Graph& graph, NodeId from);
  bool reaches_root(const Graph& graph, NodeId from);
  void sort_by_position(const Graph& graph, std::size_t begin);

  std::vector<State> state_;
  std::vector<Open> open_;
  std::vector<NodeId> order_, queue_, governors_;
};

}  // namespace vernier::spice

#include "metrics/spice/graph/multigraph/graph.h"

#include <algorithm>

#include "metrics/spice/graph/multigraph/small_sort.h"

namespace vernier::spice {

// Three quarters of the buckets may be taken before a map doubles them.
std::uint32_t hash_map_buckets(std::size_t entries) {
  std::uint32_t buckets = 16;
  while (entries * 4 > buckets * std::size_t{3}) buckets *= 2;
  return buckets;
}

void Graph::reset(std::size_t words, std::size_t sentence) {
  words_ = words;
  nodes_.clear();
  nodes_.resize(words);
  for (std::size_t i = 0; i < words; ++i) {
    nodes_[i].node.word = static_cast<std::uint16_t>(i);
    nodes_[i].hash = static_cast<std::uint32_t>(29 * sentence + i + 1);
  }
  edges_.clear();
  free_.clear();
  relations_ = 0;
  had_parallel_edges_ = false;
  arrivals_.clear();
  map_order_known_ = false;
}

void Graph::enter(NodeId node) {
  NodeData& data = nodes_[node];
  if (data.node.present) return;
  data.node.present = true;
  arrivals_.push_back(node);
  map_order_known_ = false;
}

NodeId Graph::add_copy(NodeId original) {
  if (nodes_.size() >= kMaxNodes) return kNoNode;
  const auto copy = static_cast<NodeId>(nodes_.size());
  NodeData data;
  data.node.word = nodes_[original].node.word;
  data.hash = nodes_[original].hash;
  const auto same = [&](const NodeData& other) { return other.node.word == data.node.word; };
  data.node.copy =
      static_cast<std::uint16_t>(std::count_if(nodes_.begin() + words_, nodes_.end(), same) + 1);
  nodes_.push_back(data);
  enter(copy);
  return copy;
}

void Graph::add_root(NodeId node) {
  enter(node);
  nodes_[node].root = true;
}

EdgeId Graph::add_edge(NodeId governor, NodeId dependent, EdgeLabel label) {
  EdgeId id = kNoEdge;
  if (!free_.empty()) {
    id = free_.back();
    free_.pop_back();
  } else if (edges_.size() < kMaxEdges) {
    id = static_cast<EdgeId>(edges_.size());
    edges_.emplace_back();
  } else {
    return kNoEdge;
  }
  enter(governor);
  enter(dependent);
  edges_[id] = {{governor, dependent, label}, kNoEdge, kNoEdge};
  relations_ |= std::uint64_t{1} << static_cast<int>(label.relation);
  link(kOut, governor, id);
  link(kIn, dependent, id);
  return id;
}

void Graph::set_label(EdgeId edge, EdgeLabel label) {
  edges_[edge].edge.label = label;
  relations_ |= std::uint64_t{1} << static_cast<int>(label.relation);
}

void Graph::remove_edge(EdgeId edge) {
  unlink(kOut, edges_[edge].edge.governor, edge);
  unlink(kIn, edges_[edge].edge.dependent, edge);
  free_.push_back(edge);
}

EdgeId Graph::find_edge(NodeId governor, NodeId dependent) const {
  EdgeId edge = first_out(governor);
  while (edge != kNoEdge && edges_[edge].edge.dependent != dependent) edge = next_out(edge);
  return edge;
}

void Graph::link(const Side& side, NodeId owner, EdgeId edge) {
  List& list = nodes_[owner].*side.list;
  const NodeId neighbour = edges_[edge].edge.*side.neighbour;
  const std::uint32_t mask = list.buckets - 1u, bucket = nodes_[neighbour].hash & mask;
  EdgeId after = kNoEdge;
  bool known = false;
  for (EdgeId at = list.first; at != kNoEdge; at = edges_[at].*side.next) {
    const NodeId other = edges_[at].edge.*side.neighbour;
    if (other == neighbour) {
      known = true;
      after = at;
    } else if (known) {
      break;
    } else if ((nodes_[other].hash & mask) <= bucket) {
      after = at;
    } else {
      break;
    }
  }
  EdgeId& place = after == kNoEdge ? list.first : edges_[after].*side.next;
  edges_[edge].*side.next = place;
  place = edge;
  if (known) {
    had_parallel_edges_ = true;
  } else if (++list.neighbours * 4 > list.buckets * 3) {
    grow(side, list);
  }
}

void Graph::unlink(const Side& side, NodeId owner, EdgeId edge) {
  List& list = nodes_[owner].*side.list;
  const NodeId neighbour = edges_[edge].edge.*side.neighbour;
  EdgeId* place = &list.first;
  bool others = false;  // to the same neighbour, which stand next to it
  while (*place != edge) {
    others = edges_[*place].edge.*side.neighbour == neighbour;
    place = &(edges_[*place].*side.next);
  }
  *place = edges_[edge].*side.next;
  others = others || (*place != kNoEdge && edges_[*place].edge.*side.neighbour == neighbour);
  if (!others) --list.neighbours;
}

// Twice the buckets; entries of one old bucket keep their order.
void Graph::grow(const Side& side, List& list) {
  list.buckets = static_cast<std::uint16_t>(list.buckets * 2);
  scratch_.clear();
  for (EdgeId at = list.first; at != kNoEdge; at = edges_[at].*side.next) scratch_.push_back(at);
  const auto bucket = [&](EdgeId edge) {
    return nodes_[edges_[edge].edge.*side.neighbour].hash & (list.buckets - 1u);
  };
  small_stable_sort(scratch_.begin(), scratch_.end(),
                    [&](EdgeId a, EdgeId b) { return bucket(a) < bucket(b); });
  EdgeId* place = &list.first;
  for (const EdgeId edge : scratch_) {
    *place = edge;
    place = &(edges_[edge].*side.next);
  }
  *place = kNoEdge;
}

const std::vector<NodeId>& Graph::in_map_order() {
  if (map_order_known_) return map_order_;
  map_order_known_ = true;
  map_order_ = arrivals_;
  const std::uint32_t mask = hash_map_buckets(arrivals_.size()) - 1;
  const auto less = [&](NodeId a, NodeId b) {
    return (nodes_[a].hash & mask) < (nodes_[b].hash & mask);
  };
  small_stable_sort(map_order_.begin(), map_order_.end(), less);
  return map_order_;
}

NodeId Graph::first_root() const {
  std::size_t roots = 0;
  for (const NodeId node : arrivals_) roots += nodes_[node].root ? 1 : 0;
  const std::uint32_t mask = hash_map_buckets(roots) - 1;
  NodeId first = kNoNode;
  for (const NodeId node : arrivals_) {
    if (!nodes_[node].root) continue;
    if (first == kNoNode || (nodes_[node].hash & mask) < (nodes_[first].hash & mask)) first = node;
  }
  return first;
}

void Graph::rebuild(const Markers& markers) {
  all_edges_.clear();
  for (const NodeId node : arrivals_) {
    if (is_root(node)) all_edges_.push_back({kNoNode, node, {}});  // before all others to it
    for (EdgeId e = first_out(node); e != kNoEdge; e = next_out(e)) all_edges_.push_back(edge(e));
  }
  std::sort(all_edges_.begin(), all_edges_.end(), [&](const Edge& a, const Edge& b) {
    if (a.dependent != b.dependent) return before(a.dependent, b.dependent);
    if (a.governor != b.governor) {
      return a.governor == kNoNode || (b.governor != kNoNode && before(a.governor, b.governor));
    }
    if (a.label == b.label) return false;
    if (a.label.relation != b.label.relation) {
      return relation_name(a.label.relation) < relation_name(b.label.relation);
    }
    return markers.text(a.label.marker) < markers.text(b.label.marker);
  });
  for (NodeData& data : nodes_) {
    data.node.present = false;
    data.out = data.in = {};
  }
  edges_.clear();
  free_.clear();
  arrivals_.clear();
  map_order_known_ = false;
  for (const Edge& edge : all_edges_) {
    if (edge.governor == kNoNode) {
      enter(edge.dependent);
    } else {
      add_edge(edge.governor, edge.dependent, edge.label);
    }
  }
}

}  // namespace vernier::spice

// The directed multigraph that CoreNLP's SemanticGraph is, with its order of things.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/spice/graph/multigraph/edge_label.h"

namespace vernier::spice {

using NodeId = std::uint16_t;
using EdgeId = std::uint16_t;
inline constexpr NodeId kNoNode = UINT16_MAX;
inline constexpr EdgeId kNoEdge = UINT16_MAX;

/// No caption comes near these. Without limits, odd input could make graphs grow with the square
/// of its length.
inline constexpr std::size_t kMaxWords = 500, kMaxNodes = 4 * kMaxWords, kMaxEdges = 16 * kMaxWords;

/// Buckets of a Java hash map with so many entries; at least 16.
std::uint32_t hash_map_buckets(std::size_t entries);

/// A node, which stands for a word or is a copy of one that does.
struct Node {
  std::uint16_t word = 0;  ///< counted from 0
  std::uint16_t copy = 0;  ///< 0: the word itself
  bool present = false;    ///< words without any dependency are not part of the graph
};

struct Edge {
  NodeId governor = kNoNode, dependent = kNoNode;
  EdgeLabel label;
};

/// Java keeps children and governors of a node in hash maps keyed by the position in the sentence:
/// an entry for each neighbour, in the order of their buckets (of 16, 32, 64, ... as entries come),
/// within one bucket in the order of arrival; edges to the same neighbour in the order of theirs.
/// The lists here are in that order. Nodes 0 to words - 1 are the words. One thread at a time.
class Graph {
 public:
  /// An empty graph over the words of a text's sentence number `sentence`, from 0: it has a part in
  /// Java's hash.
  void reset(std::size_t words, std::size_t sentence);

  NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  std::size_t words() const { return words_; }
  const Node& node(NodeId node) const { return nodes_[node].node; }
  bool present(NodeId node) const { return nodes_[node].node.present; }
  /// Java's hash of a node, which copies share.
  std::uint32_t hash(NodeId node) const { return nodes_[node].hash; }
  /// A new node for the same word; kNoNode where the graph is full.
  NodeId add_copy(NodeId original);

  /// Ignored, with the result kNoEdge, where the graph is full.
  EdgeId add_edge(NodeId governor, NodeId dependent, EdgeLabel label);
  void remove_edge(EdgeId edge);
  void set_label(EdgeId edge, EdgeLabel label);
  const Edge& edge(EdgeId edge) const { return edges_[edge].edge; }
  /// The first edge between two nodes.
  EdgeId find_edge(NodeId governor, NodeId dependent) const;
  /// True once two nodes had several edges between them.
  bool had_parallel_edges() const { return had_parallel_edges_; }
  /// True where an edge has had that relation, with any marker.
  bool had(Relation relation) const { return (relations_ >> static_cast<int>(relation) & 1) != 0; }

  /// Iteration over the edges that leave or enter a node: kNoEdge is the end.
  EdgeId first_out(NodeId node) const { return nodes_[node].out.first; }
  EdgeId first_in(NodeId node) const { return nodes_[node].in.first; }
  EdgeId next_out(EdgeId edge) const { return edges_[edge].next_out; }
  EdgeId next_in(EdgeId edge) const { return edges_[edge].next_in; }

  /// Makes the graph anew from its edges, as they come by dependent, governor and printed label:
  /// CoreNLP does so behind the collapsing, and later steps meet edges in an order that shows it.
  void rebuild(const Markers& markers);

  bool is_root(NodeId node) const { return nodes_[node].root; }
  void add_root(NodeId node);
  void remove_root(NodeId node) { nodes_[node].root = false; }

  /// Nodes of the graph in the order of Java's map of them.
  const std::vector<NodeId>& in_map_order();
  /// The first root in the order of Java's set of them; kNoNode where there is none.
  NodeId first_root() const;
  /// True where the first comes before the second in the sentence; copies follow their word.
  bool before(NodeId a, NodeId b) const {
    const Node &x = nodes_[a].node, &y = nodes_[b].node;
    return x.word != y.word ? x.word < y.word : x.copy < y.copy;
  }

 private:
  struct List {
    EdgeId first = kNoEdge;
    std::uint16_t neighbours = 0;  // now
    std::uint16_t buckets = 16;    // a map never shrinks
  };
  struct NodeData {
    Node node;
    bool root = false;
    std::uint32_t hash = 0;
    List out, in;
  };
  struct EdgeData {
    Edge edge;
    EdgeId next_out = kNoEdge, next_in = kNoEdge;
  };
  // What the lists of children and of governors differ in.
  struct Side {
    List NodeData::*list;
    EdgeId EdgeData::*next;
    NodeId Edge::*neighbour;
  };
  static constexpr Side kOut{&NodeData::out, &EdgeData::next_out, &Edge::dependent};
  static constexpr Side kIn{&NodeData::in, &EdgeData::next_in, &Edge::governor};

  void link(const Side& side, NodeId owner, EdgeId edge);
  void unlink(const Side& side, NodeId owner, EdgeId edge);
  void grow(const Side& side, List& list);
  void enter(NodeId node);

  std::size_t words_ = 0;
  std::vector<NodeData> nodes_;
  std::vector<EdgeData> edges_;
  std::vector<EdgeId> free_;
  std::uint64_t relations_ = 0;
  bool had_parallel_edges_ = false;
  std::vector<NodeId> arrivals_, map_order_;  // nodes that are present
  bool map_order_known_ = false;
  std::vector<EdgeId> scratch_;
  std::vector<Edge> all_edges_;
};

}  // namespace vernier::spice

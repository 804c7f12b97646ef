// What the steps from basic dependencies to tuples share.
#pragma once

#include "metrics/spice/graph/multigraph/graph.h"
#include "metrics/spice/graph/multigraph/traversal.h"
#include "metrics/spice/graph/sentence.h"
#include "metrics/spice/syntax/parser.h"

namespace vernier::spice {

/// One sentence's words, graph and markers; memory is kept from sentence to sentence. One thread at
/// a time.
struct SentenceGraph {
  Sentence sentence;
  Graph graph;
  Markers markers;
  Traversal traversal;
  std::string text;  ///< scratch of any step

  Label tag(NodeId node) const { return sentence.tag(graph.node(node).word); }
  std::string_view lower(NodeId node) const { return sentence.lower(graph.node(node).word); }
  std::string_view lemma(NodeId node) { return sentence.lemma(graph.node(node).word); }
  std::size_t position(NodeId node) const { return graph.node(node).word; }
  /// The first child by that bare relation in the children's order; kNoNode where there is none.
  NodeId child(NodeId node, Relation relation) const {
    for (EdgeId e = graph.first_out(node); e != kNoEdge; e = graph.next_out(e)) {
      if (is(graph.edge(e).label, relation)) return graph.edge(e).dependent;
    }
    return kNoNode;
  }
  bool has_child(NodeId node, Relation relation) const { return child(node, relation) != kNoNode; }
};

/// Starts with the words, tags and basic dependencies of a sentence, which is number `number` of
/// its text, from 0. False where it has more than kMaxWords words, or more than 8 dependencies a
/// word. Dependencies on words that are not there are passed over.
bool start(std::span<const std::string_view> words, const ParsedSentence& parse, std::size_t number,
           SentenceGraph& out);

/// Calls visit(edge id, edge) for the edges that leave, enter a node. The edge may be taken off the
/// graph meanwhile; others may not.
template <class Visit>
void for_each_out(const Graph& graph, NodeId node, Visit visit) {
  for (EdgeId e = graph.first_out(node), next = kNoEdge; e != kNoEdge; e = next) {
    next = graph.next_out(e);
    visit(e, graph.edge(e));
  }
}
template <class Visit>
void for_each_in(const Graph& graph, NodeId node, Visit visit) {
  for (EdgeId e = graph.first_in(node), next = kNoEdge; e != kNoEdge; e = next) {
    next = graph.next_in(e);
    visit(e, graph.edge(e));
  }
}

/// The edges as "governor>dependent:relation", words counted from 1, copies with a prime and their
/// number, blanks between; roots last, as dependents of 0.
std::string print_edges(SentenceGraph& graph);

}  // namespace vernier::spice

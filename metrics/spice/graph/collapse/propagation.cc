// What conjuncts share.
#include "metrics/spice/graph/collapse/steps.h"

namespace vernier::spice {
namespace {

bool is_subject(EdgeLabel label) {
  return is(label, Relation::kNsubj) || is(label, Relation::kNsubjpass) ||
         is(label, Relation::kCsubj) || is(label, Relation::kCsubjpass);
}

// The first subject in the children's order.
EdgeId find_subject(const Graph& graph, NodeId node) {
  EdgeId edge = graph.first_out(node);
  while (edge != kNoEdge && !is_subject(graph.edge(edge).label)) edge = graph.next_out(edge);
  return edge;
}

bool is_active(Label tag) {
  return tag == Label::kVb || tag == Label::kVbz || tag == Label::kVbp || is_adjective(tag);
}

// The subject's relation to another verb.
Relation adapted(Relation relation, const SentenceGraph& g, NodeId verb) {
  const bool passive = g.has_child(verb, Relation::kAuxpass);
  switch (relation) {
    case Relation::kNsubjpass:
      return is_active(g.tag(verb)) ? Relation::kNsubj : relation;
    case Relation::kCsubjpass:
      return is_active(g.tag(verb)) ? Relation::kCsubj : relation;
    case Relation::kNsubj:
      return passive ? Relation::kNsubjpass : relation;
    case Relation::kCsubj:
      return passive ? Relation::kCsubjpass : relation;
    default:
      return relation;
  }
}

}  // namespace

void propagate_conjuncts(SentenceGraph& g, StepMemory& memory) {
  if (!g.graph.had(Relation::kConj)) return;
  std::vector<Edge>& added = memory.edges;
  added.clear();
  for (const NodeId node : g.graph.in_map_order()) {
    for_each_out(g.graph, node, [&](EdgeId, const Edge& edge) {
      if (edge.label.relation != Relation::kConj || edge.label.marker == Marker::kNone) return;
      const NodeId conjunct = edge.dependent;
      const bool clauses =
          g.has_child(node, Relation::kAclRelcl) && g.has_child(conjunct, Relation::kAclRelcl);
      for_each_in(g.graph, node, [&](EdgeId, const Edge& above) {
        if (above.governor == conjunct || is(above.label, Relation::kCase)) return;
        if (clauses && (is(above.label, Relation::kDobj) || is(above.label, Relation::kNsubj))) {
          return;
        }
        if (added.size() < kMaxEdges) added.push_back({above.governor, conjunct, above.label});
      });
      const EdgeId subject = find_subject(g.graph, node);
      const Label tag = g.tag(conjunct);
      if (subject == kNoEdge || !(is_verb(tag) || is_adjective(tag)) ||
          find_subject(g.graph, conjunct) != kNoEdge || added.size() >= kMaxEdges) {
        return;
      }
      const Edge& from = g.graph.edge(subject);
      added.push_back(
          {conjunct, from.dependent, {adapted(from.label.relation, g, conjunct), Marker::kNone}});
    });
  }
  for (const Edge& edge : added) g.graph.add_edge(edge.governor, edge.dependent, edge.label);
}

}  // namespace vernier::spice

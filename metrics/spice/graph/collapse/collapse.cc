#include "metrics/spice/graph/collapse/collapse.h"

#include <algorithm>

namespace vernier::spice {

void Collapser::collapse(SentenceGraph& graph) {
  name_passive_subjects(graph);
  remove_duplicates(graph, memory_);
  join_prepositions(graph, memory_);
  expand_conjoined_phrases(graph, memory_);
  expand_conjoined_prepositions(graph, memory_);
  mark_cases(graph, memory_);
  label_conjuncts(graph, memory_);
  propagate_conjuncts(graph, memory_);
  graph.graph.rebuild(graph.markers);
}

void name_passive_subjects(SentenceGraph& g) {
  if (!g.graph.had(Relation::kAuxpass)) return;
  for (NodeId node = 0; node < g.graph.size(); ++node) {
    if (!g.has_child(node, Relation::kAuxpass)) continue;
    for_each_out(g.graph, node, [&](EdgeId id, const Edge& edge) {
      if (is(edge.label, Relation::kNsubj)) {
        g.graph.set_label(id, {Relation::kNsubjpass, Marker::kNone});
      } else if (is(edge.label, Relation::kCsubj)) {
        g.graph.set_label(id, {Relation::kCsubjpass, Marker::kNone});
      }
    });
  }
}

void remove_duplicates(SentenceGraph& g, StepMemory& memory) {
  if (!g.graph.had_parallel_edges()) return;
  std::vector<EdgeId>& kept = memory.edge_ids;
  for (NodeId node = 0; node < g.graph.size(); ++node) {
    kept.clear();  // the edges to one child: they stand next to each other
    for_each_out(g.graph, node, [&](EdgeId id, const Edge& edge) {
      if (!kept.empty() && g.graph.edge(kept[0]).dependent != edge.dependent) kept.clear();
      const bool known = std::any_of(kept.begin(), kept.end(), [&](EdgeId other) {
        return g.graph.edge(other).label == edge.label;
      });
      if (known) {
        g.graph.remove_edge(id);
      } else {
        kept.push_back(id);
      }
    });
  }
}

}  // namespace vernier::spice

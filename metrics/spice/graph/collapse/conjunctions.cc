// Coordination: labels of conjuncts, conjoined prepositional phrases and prepositions.
#include <span>

#include "metrics/spice/graph/collapse/steps.h"

namespace vernier::spice {
namespace {

bool has_conjunctions(const SentenceGraph& g) {
  return g.graph.had(Relation::kCc) && g.graph.had(Relation::kConj);
}

// How many case children there are: a pattern matches once for each.
std::size_t count_cases(const SentenceGraph& g, NodeId node) {
  std::size_t cases = 0;
  for_each_out(g.graph, node, [&](EdgeId, const Edge& edge) {
    if (is(edge.label, Relation::kCase)) ++cases;
  });
  return cases;
}

// Adds a match for all pairs of children of a node by cc and conj, each as often as times(conjunct)
// says.
template <class Times>
void add_conjuncts(const SentenceGraph& g, NodeId node, StepMemory& memory, Times times) {
  for_each_out(g.graph, node, [&](EdgeId, const Edge& cc) {
    if (!is(cc.label, Relation::kCc) || memory.full()) return;
    for_each_out(g.graph, node, [&](EdgeId, const Edge& conjunct) {
      if (!is(conjunct.label, Relation::kConj) || memory.full()) return;
      Match match{.node = node, .cc = cc.dependent};
      match.words[0] = conjunct.dependent;
      memory.matches.insert(memory.matches.end(), times(conjunct.dependent), match);
    });
  });
}

// Calls act(node, cc, conjuncts) for each run of matches of the same node and conjunction.
template <class Act>
void for_each_group(StepMemory& memory, Act act) {
  for (std::size_t begin = 0, end = 0; begin < memory.matches.size(); begin = end) {
    const Match& first = memory.matches[begin];
    memory.nodes.clear();
    while (end < memory.matches.size() && memory.matches[end].node == first.node &&
           memory.matches[end].cc == first.cc) {
      memory.nodes.push_back(memory.matches[end++].words[0]);
    }
    act(first.node, first.cc, std::span<NodeId>(memory.nodes));
  }
}

void expand_phrase(SentenceGraph& g, NodeId node, NodeId cc, std::span<NodeId> conjuncts) {
  const NodeId head = g.traversal.parent(g.graph, node);
  if (head == kNoNode) return;
  const EdgeLabel label = g.graph.edge(g.graph.find_edge(head, node)).label;
  for (NodeId& conjunct : conjuncts) {
    const NodeId copy = g.graph.add_copy(head);
    if (copy == kNoNode) return;
    const EdgeId edge = g.graph.find_edge(node, conjunct);
    if (edge != kNoEdge) {
      g.graph.remove_edge(edge);
      g.graph.add_edge(copy, conjunct, label);
    }
    g.graph.add_edge(head, copy, {Relation::kConj, Marker::kNone});
    conjunct = copy;
  }
  const EdgeId edge = g.graph.find_edge(node, cc);
  if (edge != kNoEdge) {
    g.graph.remove_edge(edge);
    g.graph.add_edge(head, cc, {Relation::kCc, Marker::kNone});
  }
  label_edges(g, head, conjuncts, cc);
}

void expand_preposition(SentenceGraph& g, NodeId preposition, NodeId cc,
                        std::span<NodeId> conjuncts) {
  const NodeId noun = g.traversal.parent(g.graph, preposition);
  if (noun == kNoNode) return;
  const NodeId head = g.traversal.parent(g.graph, noun);
  if (head == kNoNode) return;
  const EdgeLabel label = g.graph.edge(g.graph.find_edge(head, noun)).label;
  for (NodeId& conjunct : conjuncts) {
    const NodeId copy = g.graph.add_copy(head);
    if (copy == kNoNode) return;
    g.graph.add_edge(head, copy, {Relation::kConj, Marker::kNone});
    g.graph.add_edge(copy, noun, label);
    append_markers(g, copy, noun, std::span(&conjunct, 1));
    conjunct = copy;
  }
  label_edges(g, head, conjuncts, cc);
}

// "but not", "as well" and the like: what the words from `at` on make of a conjunction.
EdgeLabel conjunct_label(SentenceGraph& g, NodeId cc) {
  const auto word = [&](int by) -> std::string_view {
    const auto at = static_cast<std::ptrdiff_t>(g.position(cc)) + by;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(g.sentence.size())) return {};
    return g.graph.present(static_cast<NodeId>(at)) ? g.sentence.lower(at) : std::string_view{};
  };
  const std::string_view first = word(0), second = word(1);
  const auto pair = [&](std::string_view a, std::string_view b) {
    return first == a && second == b;
  };
  if ((first == "not" && word(-1) == "but") || pair("but", "rather") || pair("if", "not") ||
      pair("instead", "of") || pair("rather", "than")) {
    return {Relation::kConj, Marker::kNegcc};
  }
  if (pair("but", "also") || pair("as", "well") || (pair("not", "to") && word(2) == "mention")) {
    return {Relation::kConj, Marker::kAnd};
  }
  return g.markers.label(Relation::kConj, first);
}

}  // namespace

void label_edges(SentenceGraph& g, NodeId governor, std::span<const NodeId> conjuncts, NodeId cc) {
  const EdgeLabel label = conjunct_label(g, cc);
  for (const NodeId conjunct : conjuncts) {
    const EdgeId edge = g.graph.find_edge(governor, conjunct);
    if (edge == kNoEdge) continue;
    if (is(g.graph.edge(edge).label, Relation::kConj) || g.position(conjunct) > g.position(cc)) {
      g.graph.set_label(edge, label);
    }
  }
}

void expand_conjoined_phrases(SentenceGraph& g, StepMemory& memory) {
  if (!has_conjunctions(g) || !g.graph.had(Relation::kCase)) return;
  memory.matches.clear();
  for (const NodeId governor : g.traversal.order(g.graph)) {
    for_each_out(g.graph, governor, [&](EdgeId, const Edge& edge) {
      if (!takes_markers(edge.label)) return;
      const std::size_t cases = count_cases(g, edge.dependent);
      for (std::size_t i = 0; i < cases && !memory.full(); ++i) {
        add_conjuncts(g, edge.dependent, memory,
                      [&](NodeId conjunct) { return count_cases(g, conjunct); });
      }
    });
  }
  for_each_group(memory, [&](NodeId node, NodeId cc, std::span<NodeId> conjuncts) {
    expand_phrase(g, node, cc, conjuncts);
  });
}

void expand_conjoined_prepositions(SentenceGraph& g, StepMemory& memory) {
  if (!has_conjunctions(g) || !g.graph.had(Relation::kCase)) return;
  memory.matches.clear();
  for (const NodeId governor : g.traversal.order(g.graph)) {
    for_each_out(g.graph, governor, [&](EdgeId, const Edge& edge) {
      if (!takes_markers(edge.label)) return;
      for_each_out(g.graph, edge.dependent, [&](EdgeId, const Edge& preposition) {
        if (!is(preposition.label, Relation::kCase)) return;
        add_conjuncts(g, preposition.dependent, memory, [](NodeId) { return 1; });
      });
    });
  }
  for_each_group(memory, [&](NodeId node, NodeId cc, std::span<NodeId> conjuncts) {
    expand_preposition(g, node, cc, conjuncts);
  });
}

void label_conjuncts(SentenceGraph& g, StepMemory& memory) {
  if (!has_conjunctions(g)) return;
  memory.matches.clear();
  for (NodeId node = 0; node < g.graph.size(); ++node) {
    add_conjuncts(g, node, memory, [](NodeId) { return 1; });
  }
  for_each_group(memory, [&](NodeId node, NodeId cc, std::span<NodeId> conjuncts) {
    label_edges(g, node, conjuncts, cc);
  });
}

}  // namespace vernier::spice

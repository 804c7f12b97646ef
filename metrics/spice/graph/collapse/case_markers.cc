// Case markers become part of relations.
#include <algorithm>

#include "metrics/spice/graph/collapse/steps.h"

namespace vernier::spice {
namespace {

// "held by a woman": the agent of a passive verb.
void mark_agents(SentenceGraph& g, StepMemory& memory) {
  if (!g.graph.had(Relation::kAuxpass)) return;
  memory.matches.clear();
  for (NodeId verb = 0; verb < g.graph.size(); ++verb) {
    if (!g.has_child(verb, Relation::kAuxpass)) continue;
    for_each_out(g.graph, verb, [&](EdgeId, const Edge& edge) {
      if (!is(edge.label, Relation::kNmod)) return;
      for_each_out(g.graph, edge.dependent, [&](EdgeId, const Edge& below) {
        if (is(below.label, Relation::kCase) && g.lower(below.dependent) == "by") {
          memory.matches.push_back({.governor = verb, .node = edge.dependent});
        }
      });
    });
  }
  for (const Match& match : memory.matches) {
    g.graph.set_label(g.graph.find_edge(match.governor, match.node),
                      {Relation::kNmod, Marker::kAgent});
  }
}

// Markers of `length` words: a case child and its children by mwe.
void collect(const SentenceGraph& g, NodeId governor, NodeId node, std::size_t length,
             StepMemory& memory) {
  for_each_out(g.graph, node, [&](EdgeId, const Edge& marker) {
    if (!is(marker.label, Relation::kCase) || memory.full()) return;
    Match match{.governor = governor, .node = node};
    match.words[0] = marker.dependent;
    if (length == 1) {
      memory.matches.push_back(match);
      return;
    }
    for_each_out(g.graph, marker.dependent, [&](EdgeId, const Edge& second) {
      if (!is(second.label, Relation::kMwe) || memory.full()) return;
      match.words[1] = second.dependent;
      if (length == 2) {
        memory.matches.push_back(match);
        return;
      }
      for_each_out(g.graph, marker.dependent, [&](EdgeId, const Edge& third) {
        if (!is(third.label, Relation::kMwe) || third.dependent == second.dependent) return;
        match.words[2] = third.dependent;
        memory.matches.push_back(match);
      });
    });
  });
}

void mark_by(SentenceGraph& g, std::size_t length, StepMemory& memory) {
  memory.matches.clear();
  for (const NodeId governor : g.traversal.order(g.graph)) {
    for_each_out(g.graph, governor, [&](EdgeId, const Edge& edge) {
      if (takes_markers(edge.label)) {
        collect(g, governor, edge.dependent, length, memory);
      }
    });
  }
  const auto words = [&](Match& match) { return std::span(match.words).first(length); };
  for (std::size_t i = 0; i < memory.matches.size(); ++i) {
    Match& match = memory.matches[i];
    std::sort(words(match).begin(), words(match).end(),
              [&](NodeId a, NodeId b) { return g.graph.before(a, b); });
    // The original passes over markers equal to the last ones, whatever they are attached to.
    if (i > 0 && match.words == memory.matches[i - 1].words) continue;
    append_markers(g, match.governor, match.node, words(match));
  }
}

}  // namespace

void append_markers(SentenceGraph& g, NodeId governor, NodeId dependent,
                    std::span<const NodeId> words) {
  const EdgeId edge = g.graph.find_edge(governor, dependent);
  if (edge == kNoEdge) return;
  const Relation relation = g.graph.edge(edge).label.relation;
  std::string& text = g.text;
  text.clear();
  const auto label = [&]() -> EdgeLabel {
    switch (relation) {
      case Relation::kNmod:
      case Relation::kAcl:
      case Relation::kAdvcl:
        return g.markers.label(relation, text);
      default:
        return g.graph.edge(edge).label;
    }
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && g.position(words[i]) == g.position(words[i - 1]) + 1) {
      text += '_';
    } else if (i > 0) {
      g.graph.add_edge(governor, dependent, label());
      text.clear();
    }
    text += g.lower(words[i]);
  }
  g.graph.set_label(edge, label());
}

void mark_cases(SentenceGraph& g, StepMemory& memory) {
  mark_agents(g, memory);
  if (!g.graph.had(Relation::kCase)) return;
  if (g.graph.had(Relation::kMwe)) {
    mark_by(g, 3, memory);
    mark_by(g, 2, memory);
  }
  mark_by(g, 1, memory);
}

}  // namespace vernier::spice

// The steps of collapsing, in their order. Each sees the graph as the step before left it: what its
// pattern matches is collected first, then the graph is changed.
#pragma once

#include <array>
#include <vector>

#include "metrics/spice/graph/sentence_graph.h"

namespace vernier::spice {

/// What a pattern found: some of these, by step.
struct Match {
  NodeId governor = kNoNode, node = kNoNode, cc = kNoNode;
  std::array<NodeId, 3> words = {kNoNode, kNoNode, kNoNode};
};

/// Patterns of several relations can match as often as the product of their numbers says. More
/// matches than this are not looked for; no caption has a hundredth of them.
inline constexpr std::size_t kMaxMatches = 10'000;

/// Memory that the steps of one thread share.
struct StepMemory {
  std::vector<Match> matches;
  bool full() const { return matches.size() >= kMaxMatches; }
  std::vector<Edge> edges;
  std::vector<EdgeId> edge_ids;
  std::vector<NodeId> nodes;
};

/// The subjects of a verb with a passive auxiliary become passive ones.
void name_passive_subjects(SentenceGraph& g);
/// Of equal edges one stays.
void remove_duplicates(SentenceGraph& g, StepMemory& memory);
/// Prepositions of two and three words ("next to", "in front of") become one expression each.
void join_prepositions(SentenceGraph& g, StepMemory& memory);
/// "on the bed and under the table": what the second phrase belongs to is copied.
void expand_conjoined_phrases(SentenceGraph& g, StepMemory& memory);
/// "to and from the lake": what the phrase belongs to is copied.
void expand_conjoined_prepositions(SentenceGraph& g, StepMemory& memory);
/// Prepositions become part of the relation: "nmod:on".
void mark_cases(SentenceGraph& g, StepMemory& memory);
/// Coordinating conjunctions become part of the relation: "conj:and".
void label_conjuncts(SentenceGraph& g, StepMemory& memory);
/// What a first conjunct depends on, and its subject, are shared with the others.
void propagate_conjuncts(SentenceGraph& g, StepMemory& memory);

/// Puts the words, in lower case and joined by '_', behind the relation of the first edge between
/// two nodes, in place of what stood there.
void append_markers(SentenceGraph& g, NodeId governor, NodeId dependent,
                    std::span<const NodeId> words);
/// Labels the edges to these conjuncts as the conjunction `cc` has it: those that have no label
/// yet, and those that it precedes.
void label_edges(SentenceGraph& g, NodeId governor, std::span<const NodeId> conjuncts, NodeId cc);

/// nmod, acl or advcl without markers: the relations that take them.
inline bool takes_markers(EdgeLabel label) {
  return is(label, Relation::kNmod) || is(label, Relation::kAcl) || is(label, Relation::kAdvcl);
}

}  // namespace vernier::spice

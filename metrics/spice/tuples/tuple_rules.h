// What in a scene graph becomes which tuple.
#pragma once

#include <string>
#include <vector>

#include "metrics/spice/graph/sentence_graph.h"
#include "metrics/spice/tuples/numbers.h"
#include "metrics/spice/tuples/tuple_list.h"

namespace vernier::spice {

/// One thread's part. The rules run one after the other, each over all nodes in the order of
/// Traversal::order(); relations within a rule from left to right, with all their combinations.
class TupleRules {
 public:
  void append(SentenceGraph& graph, TupleList& out);

 private:
  void add_clauses();
  void add_participles();
  void add_intransitive_clauses();
  void add_copular_clauses();
  void add_adjectives();
  void add_adjectival_predicates();
  void add_phrases();
  void add_possessives();
  void add_agents();
  void add_numbers();
  void add_compounds();
  void add_objects();

  void add_subject_pair(NodeId subject, NodeId verb);
  bool has_object(NodeId verb) const;
  bool may_have(NodeId node, Relation relation) const {
    return (relations_[node] >> static_cast<int>(relation) & 1) != 0;
  }
  bool is_noun_node(NodeId node) const { return is_noun(g_->tag(node)); }

  NameId name(NodeId node);
  NameId predicate(NodeId verb, EdgeLabel label);
  NameId preposition(EdgeLabel label);
  void append_preposition(EdgeLabel label);

  SentenceGraph* g_ = nullptr;
  TupleList* out_ = nullptr;
  NumberFinder numbers_;
  std::vector<NodeId> order_;
  std::vector<std::uint64_t> relations_;  // by node: those of its children, as bits
  std::vector<NameId> names_;             // by word; kNoName before it is asked for
  std::vector<bool> in_compound_;         // by node
  std::string text_;
};

}  // namespace vernier::spice

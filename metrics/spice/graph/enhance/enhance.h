// What the scene-graph parser (Stanford, 1.0) changes in a collapsed graph before it looks for
// tuples. Two of its changes show in SPICE.
#pragma once

#include <vector>

#include "metrics/spice/graph/enhance/quantifiers.h"
#include "metrics/spice/graph/sentence_graph.h"

namespace vernier::spice {

/// One thread's part.
class Enhancer {
 public:
  /// "a lot of people": the people become the head, "a lot of" their quantifier (det:qmod). Then
  /// pronouns give their edges to what they stand for.
  void enhance(SentenceGraph& graph);

 private:
  struct Reference {
    NodeId pronoun, antecedent;
  };

  bool quantify(SentenceGraph& g, QuantifierKind kind);
  bool move_quantifier(SentenceGraph& g, const Quantifier& quantifier);
  void resolve_pronouns(SentenceGraph& g);

  std::vector<Quantifier> quantifiers_;
  std::vector<Reference> references_;
  std::vector<NodeId> words_;
};

}  // namespace vernier::spice

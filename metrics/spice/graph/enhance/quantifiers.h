// Where quantifiers stand in a graph.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "metrics/spice/graph/sentence_graph.h"

namespace vernier::spice {

/// A quantifier: its head, the noun it is one of, its words.
struct Quantifier {
  NodeId head = kNoNode, noun = kNoNode;
  std::array<NodeId, 3> words = {kNoNode, kNoNode, kNoNode};  ///< kNoNode where there are fewer
  bool amods_only = false;  ///< of the head's children to its left, only these belong to it too
};

enum class QuantifierKind : std::uint8_t {
  kAmount,  ///< "a lot of people"
  kMany,    ///< "lots of people"
  kNumber,  ///< "some of the people", "three of them"
};

/// True where the word at that position is one that leads such quantifiers and "of" follows.
bool may_lead(const Sentence& sentence, std::size_t position, QuantifierKind kind);

/// The quantifier of that kind that a node leads, if it does; the first one in the children's
/// order.
std::optional<Quantifier> find_quantifier(const SentenceGraph& g, NodeId head, QuantifierKind kind);

}  // namespace vernier::spice

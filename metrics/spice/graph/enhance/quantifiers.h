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

/// Words that lead quantifiers, as bits: a word may be several.
enum QuantifierKind : std::uint8_t {
  kOfAmount = 1,  ///< "a lot of people"
  kOfMany = 2,    ///< "lots of people"
  kOfNumber = 4,  ///< "some of the people", "three of them"
};
std::uint8_t quantifier_kinds(std::string_view lower);

/// The quantifier of that kind that a node leads, if it does; the first one in the children's
/// order.
std::optional<Quantifier> find_quantifier(const SentenceGraph& g, NodeId head, QuantifierKind kind);

}  // namespace vernier::spice

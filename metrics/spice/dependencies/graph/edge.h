// Edges between words while the graph is being made.
#pragma once

#include <cstdint>

#include "metrics/spice/syntax/relation.h"

namespace vernier::spice {

/// A Relation, or one of two that finish() (finishing.h) replaces: a question or relative word
/// whose part in its clause is not known yet, a preposition without an object.
using EdgeName = std::uint8_t;
inline constexpr EdgeName kRelName = kRelationCount;
inline constexpr EdgeName kPrepName = kRelationCount + 1;
inline constexpr std::size_t kEdgeNames = kRelationCount + 2;

inline constexpr EdgeName edge_name(Relation relation) { return static_cast<EdgeName>(relation); }

/// Words are counted from 1; governor 0 is the root.
struct NamedEdge {
  std::uint16_t governor, dependent;
  EdgeName name;

  friend bool operator==(const NamedEdge&, const NamedEdge&) = default;
};

}  // namespace vernier::spice

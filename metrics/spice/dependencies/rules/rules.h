// The rule tables, read.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "metrics/spice/dependencies/graph/edge.h"
#include "metrics/spice/dependencies/heads/head_table.h"
#include "metrics/spice/dependencies/pattern/pattern.h"
#include "metrics/spice/dependencies/surgery/change.h"

namespace vernier::spice {

struct RelationRule {
  EdgeName name;
  Pattern pattern;
};

/// Does not change any more once it is made.
struct Rules {
  /// Reads all tables. Throws Error(kInternal) where one is not as tables.h says.
  Rules();
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

  WordLists words;
  PatternReader reader;
  PatternProgram program;
  std::vector<ChangeGroup> before_coordination, after_coordination;
  WordSet coordination_openers;  ///< the words that may stand before a coordination: "both"
  HeadTable heads;
  std::vector<RelationRule> relations;  ///< in the order in which they are tried
  /// By label: the indices in `relations` of the rules for such a phrase.
  std::array<std::vector<std::uint16_t>, kLabelCount> relations_of;
  /// By relation: the one that it is a special case of, or itself.
  std::array<EdgeName, kEdgeNames> parents;
  std::set<std::string, std::less<>> reattaching_lemmas;

 private:
  void read_relations();
};

}  // namespace vernier::spice

// Changes of a tree where a pattern matches.
#pragma once

#include <string_view>
#include <vector>

#include "metrics/spice/dependencies/pattern/matcher.h"

namespace vernier::spice {

struct Action {
  enum Kind : std::uint8_t { kWrap, kAfter, kFront, kSplice, kDelete, kLabel };
  Kind kind;
  Label label;    ///< of kWrap and kLabel
  Register a, b;  ///< as in rules/tables.h; b only where there are two
};

struct Change {
  Pattern pattern;
  std::vector<Action> actions;
};

/// Changes that are tried together, one after the other at each node.
using ChangeGroup = std::vector<Change>;

/// Reads kMultiwords or one of the other tables of changes in rules/tables.h.
std::vector<ChangeGroup> read_multiwords(std::string_view table, PatternReader& reader,
                                         PatternProgram& program);
std::vector<ChangeGroup> read_changes(std::string_view table, PatternReader& reader,
                                      PatternProgram& program);

/// Makes the changes of one group after another: at the first node in pre-order where one of the
/// group can be made, then from the root again, until none can. `words` as in Sight.
void change(WorkTree& tree, const std::vector<ChangeGroup>& groups, std::span<const WordSet> words,
            Matcher& matcher);

}  // namespace vernier::spice

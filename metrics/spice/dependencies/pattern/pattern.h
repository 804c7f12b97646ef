// Patterns as they are matched.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/dependencies/pattern/syntax.h"

namespace vernier::spice {

/// A place for a node that the matcher has found.
using Register = std::uint8_t;
inline constexpr std::size_t kRegisters = 24;

/// A pattern is a program of steps over registers: register 0 holds the node it is tried at, each
/// step finds a node for one more, and where no further node fits the last step that has others to
/// offer goes on.
struct Step {
  enum Kind : std::uint8_t {
    kFound,   ///< all holds: end
    kYield,   ///< all holds: note the node in register `from`, go on with the search
    kOne,     ///< the only node in relation `move` to `from`
    kSearch,  ///< each node in relation `move` to `from`
    kKnown,   ///< the node in `to`, if it is in relation `move` to `from`
    kSome,    ///< the steps from `inner` end in kFound
    kNone,    ///< they do not
    kEither,  ///< the steps from `inner`, then those from `next`
  };
  Kind kind;
  Move move;
  Register from, to;
  Register same_label;  ///< kNoRegister, or whose label the node must have
  std::uint16_t test;   ///< index of what the node must be
  std::uint16_t next, inner;
};
inline constexpr Register kNoRegister = 0xFF;

struct Pattern {
  /// What must be there for the pattern to match.
  struct Need {
    NodeSet labels;
    WordSet words;  ///< empty: of any word
  };
  NodeTest root;
  std::uint16_t entry;
  std::vector<Need> children;  ///< among the children of the node it is tried at
  std::vector<Need> anywhere;  ///< in the tree
  std::map<std::string, Register, std::less<>> names;
};

/// All patterns of the tables share their steps.
class PatternProgram {
 public:
  PatternProgram();

  /// With `yield`, matching notes all nodes that can have this name; without, it stops at the first
  /// match, whose nodes of all names can then be asked for.
  Pattern compile(const NodeSyntax& syntax, std::string_view yield = {});

  const Step& step(std::size_t at) const { return steps_[at]; }
  const NodeTest& test(std::size_t at) const { return tests_[at]; }
  const NodeSet& via(std::size_t at) const { return vias_[at]; }

 private:
  friend class PatternCompiler;
  std::vector<Step> steps_;
  std::vector<NodeTest> tests_;
  std::vector<NodeSet> vias_;  // of kVia, at the index of its test
};

}  // namespace vernier::spice

// All changes that a tree goes through before its heads are looked for.
#pragma once

#include <span>

#include "metrics/spice/dependencies/rules/rules.h"
#include "metrics/spice/dependencies/surgery/coordination.h"

namespace vernier::spice {

/// One thread at a time.
class Surgery {
 public:
  explicit Surgery(const Rules& rules) : rules_(rules), matcher_(rules.program) {}

  /// `words` as in Sight. Leaves the tree unnumbered.
  void perform(WorkTree& tree, std::span<const WordSet> words) {
    change(tree, rules_.before_coordination, words, matcher_);
    coordination_.group(tree, words, rules_.coordination_openers);
    change(tree, rules_.after_coordination, words, matcher_);
  }

 private:
  const Rules& rules_;
  Matcher matcher_;
  CoordinationGrouper coordination_;
};

}  // namespace vernier::spice

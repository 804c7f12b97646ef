// Where the head child of a phrase is looked for.
#pragma once

#include <array>
#include <vector>

#include "metrics/spice/dependencies/pattern/pattern.h"

namespace vernier::spice {

struct HeadSearch {
  bool from_left = true;
  bool by_place = false;  ///< the first child with any of the labels, not with the first label
  std::vector<NodeSet> labels;  ///< one set where by_place
};

struct HeadTable {
  /// Reads the tables kHeads and kHeadPatterns of rules/tables.h.
  HeadTable(const WordLists& words, PatternReader& reader, PatternProgram& program);

  std::array<std::vector<HeadSearch>, kLabelCount> searches;
  std::array<std::vector<Pattern>, kLabelCount> patterns;  ///< the head is named h

  // For VP, SQ and SINV, see heads.cc.
  HeadSearch of_auxiliary, of_passive, of_copula, of_copula_in_question;
  Pattern time_phrase;
  WordSet auxiliaries, be, be_or_get;
};

}  // namespace vernier::spice

// What a grammar file holds, as it stands there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vernier::spice {

using StateId = std::uint16_t;
inline constexpr StateId kNoState = 0xFFFF;

struct BinaryRule {
  StateId parent, left, right;
  float score;  ///< natural logarithm, as all scores; may be above 0
};

struct UnaryRule {
  StateId parent, child;
  float score;
};

/// A count of the lexicon; -1 stands for any word or any tag.
struct LexiconCount {
  std::int32_t word;  ///< a number of `words`
  std::int32_t tag;   ///< a number of `tags`
  double count;
};

/// Ids are positions in the lists of names. All ids are in range, all numbers are finite, scores
/// and counts are below 1e6 and 1e12.
struct GrammarTables {
  std::vector<std::string> states, words, tags;
  std::vector<StateId> tag_states;  ///< by tag: the state of the same name
  StateId root = kNoState;          ///< the state ROOT
  std::uint16_t boundary_tag = 0;   ///< the tag .$$., that of the end of a sentence
  std::vector<BinaryRule> binary;   ///< in the order of the file, which decides ties
  std::vector<UnaryRule> unary;     ///< likewise; none has its parent as its child
  std::vector<LexiconCount> seen, unseen;
  double smooth[2] = {0, 0};
  double smooth_unknowns_threshold = 0;
  double open_class_threshold = 0;
  std::uint64_t digest = 0;  ///< of the bytes after decompression; names the grammar in signatures
};

}  // namespace vernier::spice

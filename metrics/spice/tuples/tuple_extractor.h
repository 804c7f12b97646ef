// From a parsed sentence to SPICE's tuples: the scene-graph parser that SPICE 1.0 carries.
#pragma once

#include "metrics/spice/graph/collapse/collapse.h"
#include "metrics/spice/graph/enhance/enhance.h"
#include "metrics/spice/tuples/tuple_list.h"
#include "metrics/spice/tuples/tuple_rules.h"

namespace vernier::spice {

/// One thread's scratch memory; what it does to a sentence does not depend on earlier ones.
class TupleExtractor {
 public:
  /// Appends the tuples of a sentence, which is number `number` of its caption, from 0. (The order
  /// of tuples depends on it: see Graph.) `words` are those that the parse is of. False, with
  /// nothing appended, where the sentence is too long: see start().
  bool append(std::span<const std::string_view> words, const ParsedSentence& parse,
              std::size_t number, TupleList& out);

  /// The collapsed, cc-processed graph of that sentence as print_edges() writes it.
  std::string collapsed_edges(std::span<const std::string_view> words, const ParsedSentence& parse,
                              std::size_t number);

 private:
  SentenceGraph graph_;
  Collapser collapser_;
  Enhancer enhancer_;
  TupleRules rules_;
};

}  // namespace vernier::spice

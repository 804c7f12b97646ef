// Which plural nouns get their number as an attribute.
#pragma once

#include <vector>

#include "metrics/spice/graph/sentence_graph.h"

namespace vernier::spice {

/// A noun and the word that says how many.
struct Numbered {
  NodeId noun, number;
};

/// One thread's part.
class NumberFinder {
 public:
  /// In SPICE's order: those of subjects with objects, those of other subjects, those of the rest.
  /// `order` is that of the nodes. Good until the next call.
  const std::vector<Numbered>& find(const SentenceGraph& g, const std::vector<NodeId>& order);

 private:
  void add(const SentenceGraph& g, NodeId noun);
  void add_subject_and_object(const SentenceGraph& g, NodeId verb);

  std::vector<Numbered> found_;
};

/// True for iobj, dobj, nmod with anything behind a colon: what rules take for objects.
bool is_object(EdgeLabel label);
/// The text behind the colon of an nmod; for iobj, dobj and plain nmod nothing.
std::string_view nmod_text(const SentenceGraph& g, EdgeLabel label);

}  // namespace vernier::spice

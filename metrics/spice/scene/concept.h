// What a node, an attribute or a relation of a scene graph is: words taken for one another.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/spice/scene/concept_texts.h"

namespace vernier::spice {

class Concept {
 public:
  /// Becomes the concept of one text.
  void assign(TextId text, std::span<const std::uint32_t> synsets);
  /// Takes in one more text.
  void merge(TextId text, std::span<const std::uint32_t> synsets);

  std::span<const TextId> texts() const { return texts_; }
  /// Whether it is this text and no other.
  bool is(TextId text) const { return texts_.size() == 1 && texts_[0] == text; }
  bool holds(TextId text) const;

  /// 1 for a text it holds, else what share of all synsets of both they have in common; of 32 bits
  /// as in SPICE, where near ties may fall to either side.
  float similarity(TextId text, std::span<const std::uint32_t> synsets) const;
  /// Whether they share a text or a synset.
  friend bool similar(const Concept& a, const Concept& b);

 private:
  std::vector<TextId> texts_;           // in the order in which they came
  std::vector<std::uint32_t> synsets_;  // ascending
  std::uint64_t mask_ = 0;              // bit s % 64 for each synset: most pairs share none
};

}  // namespace vernier::spice

// What predicates mean to one another: "on top of" is "on", "beside" holds both ways, "behind" is
// "in front of" the other way round.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/text_set.h"

namespace vernier::probes {

/// The table in predicates.txt. Immutable and thread safe.
class Predicates {
 public:
  static const Predicates& get();

  /// The name under which a predicate stands in the table: lemmas, without auxiliaries and
  /// articles; itself where it has none. "is riding" is "ride", "sitting on top of" is "sit on".
  std::string canonical(std::string_view predicate, const text::WordNet& word_net) const;

  // All of canonical predicates:

  bool symmetric(std::string_view predicate) const { return symmetric_.contains(predicate); }
  /// What the predicate is from the other side; empty where nothing is known. "hold by" is "hold"
  /// from the other side, as every passive is.
  std::string inverse(std::string_view predicate) const;
  /// Whether who says `known` also says `claim`: equal, or the place without the posture ("on" by
  /// "sit on").
  bool implies(std::string_view known, std::string_view claim) const;
  /// Places and doings are not against one another: both may be said of one pair.
  bool comparable(std::string_view a, std::string_view b) const;

 private:
  Predicates();
  std::string_view place_of(std::string_view predicate) const;

  text::TextMap<std::string> names_, inverses_;
  text::TextSet symmetric_, spatial_, postures_;
};

}  // namespace vernier::probes

// Relations of collapsed graphs: a basic relation and, for some, the words that mark it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/spice/syntax/relation.h"

namespace vernier::spice {

/// The text behind the colon of "nmod:on", as a number that means the same within one sentence.
enum class Marker : std::uint16_t {
  kNone,
  kAgent,
  kNegcc,
  kQmod,
  kAnd,
  kFirstOther  ///< markers of this sentence count from here
};

/// Labels of one sentence are equal exactly where they are printed alike.
struct EdgeLabel {
  Relation relation = Relation::kDep;
  Marker marker = Marker::kNone;

  friend bool operator==(const EdgeLabel&, const EdgeLabel&) = default;
};

/// True for the bare relation: "nmod", not "nmod:on".
inline bool is(EdgeLabel label, Relation relation) {
  return label.relation == relation && label.marker == Marker::kNone;
}

/// The markers of one sentence. One thread at a time.
class Markers {
 public:
  /// Forgets the markers of the sentence before; keeps memory.
  void clear();
  /// The label for a relation and a text behind its colon. Where that makes a relation of its own
  /// ("nmod" and "poss"), it is that one.
  EdgeLabel label(Relation relation, std::string_view text);
  std::string_view text(Marker marker) const;
  /// Appends the label as CoreNLP prints it.
  void print(EdgeLabel label, std::string& out) const;

 private:
  Marker find_or_add(std::string_view text);

  std::string bytes_;
  std::vector<std::size_t> ends_;  // in bytes_, of each from kFirstOther on
};

}  // namespace vernier::spice

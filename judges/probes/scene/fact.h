// What a text claims about an image, as a scene graph has it (Anderson et al. 2016, "SPICE"): that
// a thing is there, that it is so, that it stands in a relation to another.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vernier::probes {

enum class FactKind : std::uint8_t { kObject, kAttribute, kRelation };

/// Words are lemmas in lower case.
struct Fact {
  FactKind kind = FactKind::kObject;
  std::string subject;         ///< the thing
  std::string link;            ///< its attribute, or the relation; empty for kObject
  std::string object;          ///< of kRelation: what it stands in relation to
  std::uint32_t sentence = 0;  ///< where it is claimed first, from 0

  /// The same claim, wherever it is made.
  friend bool operator==(const Fact& a, const Fact& b) {
    return a.kind == b.kind && a.subject == b.subject && a.link == b.link && a.object == b.object;
  }
};

/// The facts of a text, each once, in its order.
struct Facts {
  std::vector<Fact> facts;
  std::uint32_t sentences = 0;
  std::uint32_t refused = 0;  ///< sentences too long for the parser: nothing of them is here
};

}  // namespace vernier::probes

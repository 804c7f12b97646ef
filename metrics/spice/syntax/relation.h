// Relations of basic dependency trees: Universal Dependencies v1 as CoreNLP 3.6.0 has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vernier::spice {

enum class Relation : std::uint8_t {
  // clang-format off
  kRoot, kAcl, kAclRelcl, kAdvcl, kAdvmod, kAmod, kAppos, kAux, kAuxpass, kCase, kCc, kCcPreconj,
  kCcomp, kCompound, kCompoundPrt, kConj, kCop, kCsubj, kCsubjpass, kDep, kDet, kDetPredet,
  kDiscourse, kDobj, kExpl, kGoeswith, kIobj, kList, kMark, kMwe, kNeg, kNmod, kNmodNpmod, kNmodPoss,
  kNmodTmod, kNsubj, kNsubjpass, kNummod, kParataxis, kPunct, kXcomp,
  // clang-format on
};

inline constexpr std::size_t kRelationCount = static_cast<std::size_t>(Relation::kXcomp) + 1;

/// As CoreNLP prints it: "nmod:poss".
std::string_view relation_name(Relation relation);
/// Nothing where no relation has that name.
std::optional<Relation> find_relation(std::string_view name);

}  // namespace vernier::spice

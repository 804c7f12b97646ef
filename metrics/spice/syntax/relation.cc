#include "metrics/spice/syntax/relation.h"

#include <algorithm>
#include <array>

namespace vernier::spice {
namespace {

constexpr std::array<std::string_view, kRelationCount> kNames = {
    // clang-format off
    "root", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "auxpass", "case", "cc",
    "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubjpass", "dep",
    "det", "det:predet", "discourse", "dobj", "expl", "goeswith", "iobj", "list", "mark", "mwe",
    "neg", "nmod", "nmod:npmod", "nmod:poss", "nmod:tmod", "nsubj", "nsubjpass", "nummod",
    "parataxis", "punct", "xcomp",
    // clang-format on
};

}  // namespace

std::string_view relation_name(Relation relation) {
  return kNames[static_cast<std::size_t>(relation)];
}

std::optional<Relation> find_relation(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Relation>(found - kNames.begin());
}

}  // namespace vernier::spice

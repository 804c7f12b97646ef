#include "judges/probes/scene/sides.h"

#include <algorithm>
#include <string_view>

namespace vernier::probes {
namespace {

/// "to", "on", "stand to": leads to a side.
bool leads_to_side(std::string_view link) {
  const std::string_view last = link.substr(link.rfind(' ') + 1);
  return last == "to" || last == "on" || last == "at";
}

void join(std::vector<Fact>& sentence, std::string_view side) {
  const auto of_side = [&](const Fact& fact) {
    return fact.kind == FactKind::kRelation && fact.subject == side && fact.link == "of";
  };
  const auto to_side = [&](const Fact& fact) {
    return fact.kind == FactKind::kRelation && fact.object == side && leads_to_side(fact.link);
  };
  if (std::ranges::count_if(sentence, of_side) != 1 || std::ranges::none_of(sentence, to_side)) {
    return;
  }
  const std::string object = std::ranges::find_if(sentence, of_side)->object;
  for (Fact& fact : sentence) {
    if (!to_side(fact)) continue;
    fact.link = std::string(side) + " of";
    fact.object = object;
  }
  std::erase_if(sentence, [&](const Fact& fact) {
    return of_side(fact) || (fact.kind == FactKind::kObject && fact.subject == side);
  });
}

}  // namespace

void join_sides(std::vector<Fact>& sentence) {
  for (const std::string_view side : {"left", "right"}) join(sentence, side);
}

}  // namespace vernier::probes

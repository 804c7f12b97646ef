#include <fmt/format.h>

#include "runners/explain/output/sections/sections.h"
#include "runners/output/number_text.h"

namespace vernier {
namespace {

std::string tuple_text(const SpiceExplanation::Tuple& tuple) {
  std::string out;
  for (const std::string& part : tuple.parts) out += (out.empty() ? "" : " - ") + shown(part);
  return out;
}

std::vector<std::string> unmatched(const std::vector<SpiceExplanation::Tuple>& tuples) {
  std::vector<std::string> out;
  for (const auto& tuple : tuples) {
    if (!tuple.match) out.push_back(tuple_text(tuple));
  }
  return out;
}

}  // namespace

void show_spice(Section& section, const SpiceExplanation& spice) {
  if (spice.refused) {
    section.line("a sentence of this sample is longer than the parser takes: no score");
    return;
  }
  TextRows rows = {{"tuples", "matched", "candidate", "reference", "precision", "recall", "f"}};
  for (const SpiceExplanation::Part& part : spice.parts) {
    const bool defined = part.reference > 0 || &part == spice.parts.data();
    rows.push_back({std::string(part.name), std::to_string(part.matched),
                    std::to_string(part.candidate), std::to_string(part.reference),
                    defined ? number_text(part.precision) : "-",
                    defined ? number_text(part.recall) : "-", defined ? number_text(part.f) : "-"});
  }
  section.table(rows, "lrrrrrr");
  TextRows matches = {{"candidate", "", "references"}};
  for (const auto& tuple : spice.candidate) {
    if (tuple.match) {
      matches.push_back({tuple_text(tuple), "=", tuple_text(spice.references[*tuple.match])});
    }
  }
  if (matches.size() > 1) {
    section.lines("\n");
    section.table(matches, "lll");
  }
  section.lines("\n");
  section.list("not matched", unmatched(spice.candidate));
  section.list("not said", unmatched(spice.references));
}

}  // namespace vernier

#include <fmt/format.h>

#include <algorithm>

#include "runners/explain/output/sections/sections.h"
#include "runners/output/number_text.h"

namespace vernier {
namespace {

/// The words of a text, those at the ascending `positions` in brackets.
std::vector<std::string> marked(const std::vector<std::string>& words,
                                const std::vector<std::size_t>& positions) {
  std::vector<std::string> out = shown(words);
  for (const std::size_t at : positions) out[at] = "[" + out[at] + "]";
  return out;
}

}  // namespace

void show_rouge(Section& section, const RougeExplanation& rouge, const SampleTokens& tokens) {
  TextRows rows = {{"reference", "common", "precision", "recall", "F"}};
  for (std::size_t r = 0; r < rouge.references.size(); ++r) {
    const RougeExplanation::Reference& one = rouge.references[r];
    rows.push_back({ordinal(r), std::to_string(one.common), number_text(one.precision),
                    number_text(one.recall), number_text(one.f)});
  }
  section.table(rows, "rrrrr");
  section.line(fmt::format(
      "precision {:.6f} (reference {}), recall {:.6f} (reference {}): F {:.6f}", rouge.precision,
      ordinal(rouge.best_precision), rouge.recall, ordinal(rouge.best_recall), rouge.f));
  std::vector<std::size_t> best = {rouge.best_precision};
  if (rouge.best_recall != rouge.best_precision) best.push_back(rouge.best_recall);
  for (const std::size_t r : best) {
    const RougeExplanation::Reference& one = rouge.references[r];
    if (one.in_candidate.empty()) continue;
    section.words("candidate", marked(tokens.candidate, one.in_candidate));
    section.words(fmt::format("reference {}", ordinal(r)),
                  marked(tokens.references[r], one.in_reference));
  }
}

}  // namespace vernier

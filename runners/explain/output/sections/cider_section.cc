#include <fmt/format.h>

#include <algorithm>

#include "metrics/text/unicode/display_width.h"
#include "runners/explain/output/sections/sections.h"
#include "runners/output/number_text.h"

namespace vernier {
namespace {

using Gram = CiderExplanation::Gram;

/// The n-grams for which `wanted` holds, the largest of `value` first.
template <class Wanted, class Value>
std::vector<const Gram*> ranked(const CiderExplanation& cider, Wanted wanted, Value value) {
  std::vector<const Gram*> out;
  for (const Gram& gram : cider.grams) {
    if (wanted(gram)) out.push_back(&gram);
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](const Gram* a, const Gram* b) { return value(*a) > value(*b); });
  return out;
}

void show_references(Section& section, const CiderExplanation& cider) {
  TextRows rows = {{"reference", "n=1", "n=2", "n=3", "n=4", "length", "score"}};
  for (std::size_t r = 0; r < cider.references.size(); ++r) {
    const auto& [similarity, penalty, score] = cider.references[r];
    std::vector<std::string>& row = rows.emplace_back();
    row.push_back(ordinal(r));
    for (const double value : similarity) row.push_back(fmt::format("{:.3f}", value));
    row.push_back(fmt::format("x{:.4f}", penalty));
    row.push_back(number_text(score));
  }
  section.table(rows, "rrrrrrr");
}

}  // namespace

void show_cider(Section& section, const CiderExplanation& cider) {
  show_references(section, cider);
  const std::vector<const Gram*> adding = ranked(
      cider, [](const Gram& g) { return g.share > 0; }, [](const Gram& g) { return g.share; });
  if (adding.empty()) {
    section.line("no n-gram adds to the score");
  } else {
    TextRows rows = {{"n-gram", "adds", "weight", "images", "references"}};
    // What the other columns leave.
    const std::size_t ngram_room = section.width() - 49;
    double rest = 0;
    for (std::size_t i = 0; i < adding.size(); ++i) {
      const Gram& gram = *adding[i];
      if (i >= section.show()) {
        rest += gram.share;
        continue;
      }
      rows.push_back({text::cut_to_width(shown(gram.words), ngram_room), number_text(gram.share),
                      fmt::format("{:.4f}", gram.weight),
                      fmt::format("{} of {}", gram.documents, cider.documents),
                      std::to_string(gram.references)});
    }
    if (adding.size() > section.show()) {
      rows.push_back(
          {fmt::format("{} more", adding.size() - section.show()), number_text(rest), "", "", ""});
    }
    section.table(rows, "lrrrr");
  }
  const auto texts = [](const std::vector<const Gram*>& grams) {
    std::vector<std::string> out(grams.size());
    std::transform(grams.begin(), grams.end(), out.begin(), [](const Gram* gram) {
      return fmt::format("{} ({:.2f})", shown(gram->words), gram->weight);
    });
    return out;
  };
  section.list("unmatched", texts(ranked(
                                cider, [](const Gram& g) { return g.references == 0; },
                                [](const Gram& g) { return g.weight * g.count; })));
  section.list("missed",
               texts(ranked(
                   cider, [](const Gram& g) { return g.count == 0; },
                   [](const Gram& g) { return g.weight * static_cast<double>(g.references); })));
}

}  // namespace vernier

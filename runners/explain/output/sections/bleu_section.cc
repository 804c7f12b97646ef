#include <fmt/format.h>

#include "runners/explain/output/sections/sections.h"
#include "runners/output/number_text.h"

namespace vernier {

void show_bleu(Section& section, const BleuExplanation& bleu, const ExplainedMetric& metric) {
  TextRows rows = {{"n", "matched", "possible", "precision", "", "score"}};
  for (std::size_t n = 0; n < bleu.orders.size(); ++n) {
    const auto& [matched, possible, grams] = bleu.orders[n];
    rows.push_back({std::to_string(n + 1), fmt::format("{}", matched), fmt::format("{}", possible),
                    number_text(matched / possible), metric.metric->scores[n],
                    number_text(metric.new_scores[n])});
  }
  section.table(rows, "rrrrlr");
  section.line(fmt::format(
      "brevity penalty {:.6g}: {} words, the closest reference length is {} "
      "(reference {})",
      bleu.brevity_penalty, bleu.length, bleu.reference_length, ordinal(bleu.reference)));
  for (std::size_t n = 0; n < bleu.orders.size(); ++n) {
    std::vector<std::string> matched, unmatched;
    for (const auto& [words, count, hits] : bleu.orders[n].grams) {
      std::string text = shown(words);
      if (hits > 0 && hits < count) {
        text += fmt::format(" ({} of {})", hits, count);
      } else if (count > 1) {
        text += fmt::format(" (x{})", count);
      }
      (hits > 0 ? matched : unmatched).push_back(std::move(text));
    }
    if (bleu.orders[n].grams.empty()) continue;
    if (matched.empty()) matched = {"none"};
    section.list(fmt::format("{}-grams", n + 1), matched);
    section.list("unmatched", unmatched);
  }
}

}  // namespace vernier

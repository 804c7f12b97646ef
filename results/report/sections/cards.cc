// Samples shown in full.
#include <fmt/format.h>

#include <algorithm>

#include "results/report/cards/sample_cards.h"
#include "results/report/html/text.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

bool has_references(const Run& run) {
  return std::ranges::any_of(run.samples(),
                             [](const Run::Sample& sample) { return sample.references > 0; });
}

std::vector<std::size_t> first_of(const std::vector<MovedSample>& moved, std::size_t most) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < std::min(most, moved.size()); ++i) out.push_back(moved[i].in_a);
  return out;
}

}  // namespace

void append_cards(std::string& out, const Findings& findings, const Options& options,
                  EmbeddedImages& images) {
  const std::size_t shown = options.shown;
  SampleCards cards(findings, options, images);
  const CommonScore& score = findings.scores[findings.main];
  out += "<section id=\"extremes\">";
  if (findings.pairs.empty()) {
    std::vector<std::size_t> order = findings.worst_first();
    const std::size_t worst = std::min(shown, (order.size() + 1) / 2);
    const std::size_t best = std::min(shown, order.size() / 2);
    const std::size_t runs[] = {0};
    out += fmt::format("<h2>Worst and best samples by {}</h2>\n", html(score_title(score.name)));
    cards.append_group(out, "Worst", std::span(order).first(worst), runs, score);
    std::ranges::reverse(order);
    cards.append_group(out, "Best", std::span(order).first(best), runs, score);
  } else {
    out += "<h2>Samples that moved most</h2>\n";
  }
  for (std::size_t run = 1; run < findings.runs.size(); ++run) {
    const Pair& pair = findings.pairs[run - 1];
    const std::size_t runs[] = {0, run};
    const auto title = [&](std::string_view way, std::size_t count) {
      return fmt::format("{}: {} by {} ({})", run_letter(run), way, score_title(score.name),
                         counted(count, "sample"));
    };
    cards.append_group(out, title("worse", pair.moved.worse_count),
                       first_of(pair.moved.worse, shown), runs, score);
    cards.append_group(out, title("better", pair.moved.better_count),
                       first_of(pair.moved.better, shown), runs, score);
  }
  if (!findings.pairs.empty() && findings.is_judged()) {
    out +=
        "<p class=\"fine\">What the judges see in an image: coloured lines are those of one run "
        "only.</p>\n";
  }
  if (findings.runs[0].has_texts() && findings.has_evidence()) {
    out +=
        "<p class=\"fine\"><mark class=\"bad\">Invented</mark>, <mark "
        "class=\"good\">supported</mark> "
        "and <mark class=\"other\">other</mark> words, as a probe judged them; their class and "
        "verdict show when pointed at.</p>\n";
  }
  if (has_references(findings.runs[0])) {
    out +=
        "<p class=\"fine\"><mark class=\"m1\">Marked words</mark> occur in a reference too, "
        "<mark class=\"m2\">two</mark>, <mark class=\"m3\">three</mark>, <mark class=\"m4\">four "
        "or more</mark> in the same order more strongly. Words are compared as the metrics' "
        "tokeniser splits them; synonyms and stems are not marked.</p>\n";
  }
  if (const std::string what = images.summary(); !what.empty()) {
    out += fmt::format("<p class=\"fine\">{}</p>\n", html(what));
  }
  out += "</section>\n";
}

}  // namespace vernier::report

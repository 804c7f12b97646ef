// A run against the first one.
#include <fmt/format.h>

#include <tuple>

#include "results/report/charts/scatter.h"
#include "results/report/html/difference_table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

/// "worse in 321 samples, better in 149, the same in 30".
std::string counts_of(const Pair& pair, const PairedRuns::Score& score) {
  const MovedSamples moved = moved_samples(*pair.runs, score, 0);
  std::string out =
      fmt::format("worse in {}, better in {}, the same in {}", counted(moved.worse_count, "sample"),
                  count_text(moved.better_count), count_text(moved.same_count));
  if (moved.undefined_count > 0) {
    out += fmt::format(", undefined in {}", count_text(moved.undefined_count));
  }
  return out;
}

void append_scatters(std::string& out, const Findings& findings, std::size_t run) {
  const Pair& pair = findings.pairs[run - 1];
  out += "<div class=\"charts\">\n";
  for (const PairedRuns::Score& score : pair.runs->scores()) {
    std::vector<double> a(pair.runs->samples()), b(a.size());
    for (std::size_t n = 0; n < a.size(); ++n) {
      std::tie(a[n], b[n]) = pair.runs->sentence_scores(n, score);
    }
    const std::string title = score_title(score.name);
    out += fmt::format("<figure><figcaption>{} <small>{}</small></figcaption>{}</figure>\n",
                       html(title), counts_of(pair, score),
                       scatter_svg(fmt::format("{} of each sample in both runs", title),
                                   run_letter(0), run_letter(run), a, b));
  }
  out += "</div>\n";
}

}  // namespace

void append_comparison(std::string& out, const Findings& findings, std::size_t pair_number) {
  const std::size_t run = pair_number + 1;
  const Pair& pair = findings.pairs[pair_number];
  out += fmt::format("<section id=\"comparison-{}\"><h2>{} against {}</h2>\n", run,
                     run_label(findings, run), run_label(findings, 0));
  if (!pair.judges.empty()) {
    out += fmt::format(
        "<p class=\"warning\">Two judges rated the same captions (<code>{}</code>): differences in "
        "their scores are those of the judges.</p>\n",
        html(pair.judges));
  }
  out += difference_tables(pair.comparison, run_badge(0), run_badge(run));
  for (const std::string& name : pair.runs->only_in_one()) {
    out += fmt::format("<p>{} is in one of the two runs only.</p>\n", html(name));
  }
  out += difference_note(pair.comparison);
  out += fmt::format(
      "<h3>Sample by sample</h3>\n<p>A square is one sample or several that lie together, darker "
      "for more. Above the diagonal {} has the higher score.</p>\n",
      run_badge(run));
  append_scatters(out, findings, run);
  out += "</section>\n";
}

}  // namespace vernier::report

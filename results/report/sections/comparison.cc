// A run against the first one.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "results/report/charts/cells/whisker.h"
#include "results/report/charts/scatter.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

std::string way_cell(std::string_view way) {
  if (way == "better") return "<span class=\"better\">▲ better</span>";
  if (way == "worse") return "<span class=\"worse\">▼ worse</span>";
  return way.empty() ? "not shown" : std::string(way);
}

std::string difference_table(const Pair& pair, std::string_view title,
                             const std::vector<std::size_t>& members, std::size_t run) {
  Table table(title, {{"score"},
                      {run_badge(0), true},
                      {run_badge(run), true},
                      {run_badge(run) + " − " + run_badge(0), true},
                      {"interval", true},
                      {"beside zero"},
                      {"p", true},
                      {"p (Holm)", true},
                      {"detectable", true},
                      {"difference"}});
  for (const std::size_t s : members) {
    const ScoreDifference& d = pair.comparison.scores[s];
    const int decimals = std::min(decimals_for(d.score.a), decimals_for(d.score.b));
    const std::string_view way = direction(d, pair.comparison.alpha);
    table.row({score_label(d.score.name, d.score.less_is_better), number_text(d.score.a, decimals),
               number_text(d.score.b, decimals), signed_text(d.difference, decimals),
               d.identical ? "" : signed_interval_text(d.interval.low, d.interval.high, decimals),
               d.identical ? "" : whisker_svg(d.difference, d.interval, d.detectable, way),
               html(probability_text(d.p)), html(probability_text(d.p_holm)),
               d.identical ? "" : number_text(d.detectable, decimals), way_cell(way)});
  }
  return table.finish();
}

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
  std::vector<std::string> names(pair.comparison.scores.size());
  std::ranges::transform(pair.comparison.scores, names.begin(),
                         [](const ScoreDifference& d) { return d.score.name; });
  out += fmt::format("<section id=\"comparison-{}\"><h2>{} against {}</h2>\n", run,
                     run_label(findings, run), run_label(findings, 0));
  if (!pair.judges.empty()) {
    out += fmt::format(
        "<p class=\"warning\">Two judges rated the same captions (<code>{}</code>): differences in "
        "their scores are those of the judges.</p>\n",
        html(pair.judges));
  }
  for (const ScoreGroup& group : score_groups(names)) {
    out += difference_table(pair,
                            group.title.empty() ? "Differences, sample by sample"
                                                : "Parts of " + score_title(group.title),
                            group.members, run);
  }
  for (const std::string& name : pair.runs->only_in_one()) {
    out += fmt::format("<p>{} is in one of the two runs only.</p>\n", html(name));
  }
  out += fmt::format(
      "<details class=\"note\"><summary>How to read this</summary><p>The interval is a paired "
      "bootstrap over images, p an approximate randomisation test. <em>Detectable</em> is the "
      "smallest true difference that a test on as many images finds in {:g} % of cases; the small "
      "marks beside zero show it. <em>Not shown</em> does not mean equal: these images cannot tell."
      "</p></details>\n<h3>Sample by sample</h3>\n<p>A square is one sample or several that lie "
      "together, darker for more. Above the diagonal {} has the higher score.</p>\n",
      100 * pair.comparison.power, run_badge(run));
  append_scatters(out, findings, run);
  out += "</section>\n";
}

}  // namespace vernier::report

#include "results/report/html/difference_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "results/report/charts/cells/whisker.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

std::string way_cell(std::string_view way) {
  if (way == "better") return "<span class=\"better\">▲ better</span>";
  if (way == "worse") return "<span class=\"worse\">▼ worse</span>";
  return way.empty() ? "not shown" : std::string(way);
}

std::string difference_table(const Comparison& comparison, std::string_view title,
                             const std::vector<std::size_t>& members, std::string_view a,
                             std::string_view b) {
  Table table(title, {{"score"},
                      {std::string(a), true},
                      {std::string(b), true},
                      {fmt::format("{} − {}", b, a), true},
                      {"interval", true},
                      {"beside zero"},
                      {"p", true},
                      {"p (Holm)", true},
                      {"detectable", true},
                      {"difference"}});
  for (const std::size_t s : members) {
    const ScoreDifference& d = comparison.scores[s];
    const int decimals = std::min(decimals_for(d.score.a), decimals_for(d.score.b));
    const std::string_view way = direction(d, comparison.alpha);
    table.row({score_label(d.score.name, d.score.less_is_better), number_text(d.score.a, decimals),
               number_text(d.score.b, decimals), signed_text(d.difference, decimals),
               d.identical ? "" : signed_interval_text(d.interval.low, d.interval.high, decimals),
               d.identical ? "" : whisker_svg(d.difference, d.interval, d.detectable, way),
               html(probability_text(d.p)), html(probability_text(d.p_holm)),
               d.identical ? "" : number_text(d.detectable, decimals), way_cell(way)});
  }
  return table.finish();
}

}  // namespace

std::string difference_tables(const Comparison& comparison, std::string_view a,
                              std::string_view b) {
  std::vector<std::string> names(comparison.scores.size());
  std::ranges::transform(comparison.scores, names.begin(),
                         [](const ScoreDifference& d) { return d.score.name; });
  std::string out;
  for (const ScoreGroup& group : score_groups(names)) {
    out += difference_table(comparison,
                            group.title.empty() ? "Differences, sample by sample"
                                                : "Parts of " + score_title(group.title),
                            group.members, a, b);
  }
  return out;
}

std::string difference_note(const Comparison& comparison) {
  return fmt::format(
      "<details class=\"note\"><summary>How to read this</summary><p>The interval is a paired "
      "bootstrap over images, p an approximate randomisation test. <em>Detectable</em> is the "
      "smallest true difference that a test on as many images finds in {:g} % of cases; the small "
      "marks beside zero show it. <em>Not shown</em> does not mean equal: these images cannot tell."
      "</p></details>\n",
      100 * comparison.power);
}

}  // namespace vernier::report

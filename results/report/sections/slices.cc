// Scores by a field of meta.
#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

std::string slice_label(const Slice& slice) {
  if (slice.missing) return "<em>without it</em>";
  return slice.value.empty()
             ? "<em>empty text</em>"
             : fmt::format("<span class=\"wrap\">{}</span>", html(printable(slice.value, 80)));
}

std::string estimate_table(const Findings& findings) {
  std::vector<Column> columns = {{html(findings.slices->key)}, {"samples", true}};
  for (const MetricDescription& metric : findings.runs[0].header().metrics) {
    for (const std::string& name : metric.scores) {
      columns.push_back({score_label(name, metric.less_is_better), true});
    }
  }
  Table table("Scores by " + findings.slices->key, std::move(columns));
  for (std::size_t g = 0; g < findings.parts.size(); ++g) {
    const RunEstimates& part = findings.parts[g];
    std::vector<std::string> cells = {slice_label(findings.slices->groups[g]),
                                      count_text(part.samples)};
    for (const ScoreEstimate& estimate : part.scores) {
      const int decimals = decimals_for(estimate.value);
      cells.push_back(
          fmt::format("{}<br><small>{}</small>", number_text(estimate.value, decimals),
                      interval_text(estimate.interval.low, estimate.interval.high, decimals)));
    }
    table.row(cells);
  }
  return table.finish();
}

std::string difference_cell(const PartDifference& d, bool less_is_better) {
  const int decimals = std::min(decimals_for(d.a), decimals_for(d.b));
  const bool up = d.interval.low > 0, down = d.interval.high < 0;
  const std::string_view way = up || down ? (up != less_is_better ? "better" : "worse") : "";
  return fmt::format("<span class=\"{}\">{}</span><br><small>{}<br>{} → {}</small>", way,
                     signed_text(d.difference, decimals),
                     signed_interval_text(d.interval.low, d.interval.high, decimals),
                     number_text(d.a, decimals), number_text(d.b, decimals));
}

std::string difference_table(const Findings& findings, std::size_t run) {
  const Pair& pair = findings.pairs[run - 1];
  std::vector<Column> columns = {{html(findings.slices->key)}, {"samples", true}};
  for (const PairedRuns::Score& score : pair.runs->scores()) {
    columns.push_back({score_label(score.name, score.less_is_better), true});
  }
  Table table(fmt::format("{} − {} by {}", run_letter(run), run_letter(0), findings.slices->key),
              std::move(columns));
  for (std::size_t g = 0; g < pair.slices.size(); ++g) {
    const Slice& slice = findings.slices->groups[g];
    std::vector<std::string> cells = {slice_label(slice), count_text(slice.samples.size())};
    for (std::size_t s = 0; s < pair.slices[g].size(); ++s) {
      cells.push_back(difference_cell(pair.slices[g][s], pair.runs->scores()[s].less_is_better));
    }
    table.row(cells);
  }
  return table.finish();
}

}  // namespace

void append_slices(std::string& out, const Findings& findings) {
  if (!findings.slices) return;
  out += fmt::format("<section id=\"slices\"><h2>By {}</h2>\n", html(findings.slices->key));
  if (findings.slices->groups.size() < findings.all_slices) {
    out += fmt::format("<p>The {} largest of {} groups are shown.</p>\n",
                       findings.slices->groups.size(), count_text(findings.all_slices));
  }
  if (findings.pairs.empty()) out += estimate_table(findings);
  for (std::size_t run = 1; run < findings.runs.size(); ++run) {
    out += difference_table(findings, run);
  }
  out +=
      "<p class=\"fine\">Each interval stands for itself: nothing is corrected for the number of "
      "groups, and of many some differ by chance.</p></section>\n";
}

}  // namespace vernier::report

// Scores and distributions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/charts/histogram.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

/// A score of any run: one row.
struct Row {
  std::string name;
  bool less_is_better;
  std::vector<std::string> cells;  // by run
};

Row& row_of(std::vector<Row>& rows, const std::string& name, bool less_is_better,
            std::size_t runs) {
  for (Row& row : rows) {
    if (row.name == name) return row;
  }
  return rows.emplace_back(Row{name, less_is_better, std::vector<std::string>(runs, "–")});
}

std::string estimate_cell(const ScoreEstimate& estimate) {
  const int decimals = decimals_for(estimate.value);
  return with_small(number_text(estimate.value, decimals),
                    std::isnan(estimate.value)
                        ? "undefined"
                        : interval_text(estimate.interval.low, estimate.interval.high, decimals));
}

std::vector<Row> rows_of(const Findings& findings) {
  std::vector<Row> rows;
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    std::size_t s = 0;
    for (const MetricDescription& metric : findings.runs[r].header().metrics) {
      for (const std::string& name : metric.scores) {
        row_of(rows, name, metric.less_is_better, findings.runs.size()).cells[r] =
            estimate_cell(findings.whole[r].scores[s++]);
      }
    }
  }
  return rows;
}

/// The values of a score that takes one or two only, over all runs; empty for others.
std::vector<double> few_values(const std::vector<std::vector<double>>& runs) {
  std::vector<double> known;
  for (const auto& values : runs) {
    for (const double value : values) {
      if (std::isnan(value) || std::ranges::find(known, value) != known.end()) continue;
      if (known.size() == 2) return {};
      known.push_back(value);
    }
  }
  std::ranges::sort(known);
  return known;
}

/// "visce-gross: 100 in 3 of 120 samples (2.5 %), 0 in the others", of each run.
std::string share_words(const Findings& findings, const std::string& title,
                        const std::vector<std::vector<double>>& runs,
                        const std::vector<double>& few) {
  std::vector<std::string> out;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const auto all = static_cast<std::uint64_t>(
        std::ranges::count_if(runs[r], [](double value) { return !std::isnan(value); }));
    const auto high = static_cast<std::uint64_t>(std::ranges::count(runs[r], few.back()));
    const auto text = [](double value) {
      return number_text(value, value == std::floor(value) ? 0 : 4);
    };
    const std::string who = findings.runs.size() > 1 ? run_badge(r) + " " : "";
    out.push_back(few.size() == 1 || high == all
                      ? fmt::format("{}{} in all {}", who, text(few.back()), counted(all, "sample"))
                      : fmt::format("{}{} in {} of {} ({:.1f}\u00a0%), {} in the others", who,
                                    text(few.back()), count_text(high), counted(all, "sample"),
                                    100 * static_cast<double>(high) / static_cast<double>(all),
                                    text(few.front())));
  }
  return fmt::format("<p><strong>{}</strong>: {}.</p>\n", html(title), fmt::join(out, "; "));
}

}  // namespace

void append_scores(std::string& out, const Findings& findings) {
  const std::vector<Row> rows = rows_of(findings);
  std::vector<std::string> names(rows.size());
  std::ranges::transform(rows, names.begin(), &Row::name);
  out += "<section id=\"scores\"><h2>Scores</h2>\n";
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    out += fmt::format("<p class=\"run\">{}: {}</p>\n", run_label(findings, r),
                       html(sizes(findings, r)));
  }
  for (const ScoreGroup& group : score_groups(names)) {
    std::vector<Column> columns = {{"score"}};
    for (std::size_t r = 0; r < findings.runs.size(); ++r) {
      columns.push_back({run_label(findings, r), true});
    }
    Table table(group.title.empty() ? "Scores with their intervals"
                                    : "Parts of " + score_title(group.title),
                std::move(columns));
    for (const std::size_t i : group.members) {
      std::vector<std::string> cells = {score_label(rows[i].name, rows[i].less_is_better)};
      cells.insert(cells.end(), rows[i].cells.begin(), rows[i].cells.end());
      table.row(cells);
    }
    out += table.finish();
  }
  out += "</section>\n";
}

void append_distributions(std::string& out, const Findings& findings) {
  out +=
      "<section id=\"distributions\"><h2>Distributions</h2>\n"
      "<p>How many samples have which score; the first run as bars, others as lines.</p>\n"
      "<div class=\"charts\">\n";
  std::string shares;
  for (const CommonScore& score : findings.scores) {
    std::vector<std::vector<double>> values(findings.runs.size());
    for (std::size_t r = 0; r < findings.runs.size(); ++r) {
      for (std::size_t n = 0; n < findings.runs[0].samples().size(); ++n) {
        values[r].push_back(findings.score(r, n, score));
      }
    }
    const std::string title = score_title(score.name);
    if (const std::vector<double> few = few_values(values); !few.empty()) {
      shares += share_words(findings, title, values, few);
      continue;
    }
    out += fmt::format("<figure><figcaption>{}</figcaption>{}</figure>\n", html(title),
                       histogram_svg("Distribution of " + title, values));
  }
  out += "</div>\n" + shares + "</section>\n";
}

}  // namespace vernier::report

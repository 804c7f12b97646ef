// The judge against metrics of references.
#include <fmt/format.h>

#include <algorithm>

#include "results/report/cards/sample_cards.h"
#include "results/report/charts/scatter.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/judge/judge_sections.h"
#include "results/report/sections/labels.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostCards = 6;  // a direction

std::string estimate_cell(const Estimate& tau) {
  if (!tau.undefined.empty()) return html(tau.undefined);
  return with_small(number_text(tau.value, 3),
                    tau.no_interval.empty() ? interval_text(tau.interval.low, tau.interval.high, 3)
                                            : html(tau.no_interval));
}

void append_table(std::string& out, const Disagreement& found, std::size_t r) {
  Table table("Kendall's tau-b with " + score_title(found.judge),
              {{run_badge(r) + " metric"}, {"tau-b", true}, {"captions", true}, {"images", true}});
  for (const MetricAgreement& metric : found.metrics) {
    table.row({score_label(metric.name, metric.less_is_better), estimate_cell(metric.tau_b),
               count_text(metric.captions), count_text(metric.images)});
  }
  out += table.finish();
}

void append_scatter(std::string& out, const Disagreement& found, std::size_t r) {
  const std::string judge = score_title(found.judge),
                    metric = score_title(found.metrics[found.main].name);
  out += fmt::format(
      "<figure><figcaption>{} {} and {} <small>rank of each caption in %, 100 for the best; darker "
      "for more captions</small></figcaption>{}</figure>\n",
      run_badge(r), html(judge), html(metric),
      scatter_svg(fmt::format("Rank of each caption by {} and by {}", judge, metric),
                  "rank by " + metric, "rank by " + judge, found.metric_rank, found.judge_rank));
}

class DisagreementCards {
 public:
  DisagreementCards(const Disagreement& found, SampleCards& cards) : found_(found), cards_(cards) {}

  void append(std::string& out, std::string_view title, const std::vector<std::size_t>& samples,
              std::size_t most) const {
    if (samples.empty() || most == 0) return;
    out += fmt::format("<h3>{}</h3>\n{}", html(title), cards_.grid());
    constexpr std::size_t kFirst[] = {0};
    for (std::size_t i = 0; i < std::min(most, samples.size()); ++i) {
      out += cards_.card(samples[i], kFirst, facts(samples[i]));
    }
    out += "</div>\n";
  }

 private:
  std::string facts(std::size_t n) const {
    const double judge = found_.judge_score[n], metric = found_.metric_score[n];
    return fmt::format("{} {}, rank {:.0f}\u00a0% · {} {}, rank {:.0f}\u00a0%",
                       html(score_title(found_.judge)), number_text(judge, decimals_for(judge)),
                       found_.judge_rank[n], html(score_title(found_.metrics[found_.main].name)),
                       number_text(metric, decimals_for(metric)), found_.metric_rank[n]);
  }

  const Disagreement& found_;
  SampleCards& cards_;
};

}  // namespace

void append_disagreement(std::string& out, const Findings& findings, const Options& options,
                         EmbeddedImages& images) {
  if (!findings.has_disagreement()) return;
  out +=
      "<section id=\"disagreement\"><h2>Judge against references</h2>\n"
      "<p>Do the judge, which looks at the image, and metrics, which compare with what people "
      "wrote, "
      "put captions into one order? 1: the same order, 0: none in common, −1: the opposite. "
      "Neither "
      "is the truth: the captions below show who is right.</p>\n<div class=\"tables\">\n";
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    if (findings.disagreements[r]) append_table(out, *findings.disagreements[r], r);
  }
  out += "</div>\n<div class=\"charts\">\n";
  std::string signature;
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    if (!findings.disagreements[r]) continue;
    append_scatter(out, *findings.disagreements[r], r);
    signature = findings.disagreements[r]->signature;
  }
  out += "</div>\n";
  if (const auto& first = findings.disagreements[0]) {
    const std::string judge = score_title(first->judge),
                      metric = score_title(first->metrics[first->main].name);
    SampleCards cards(findings, options, images);
    const DisagreementCards groups(*first, cards);
    const std::size_t most = std::min(options.shown, kMostCards);
    groups.append(out, fmt::format("{} likes them, {} does not", judge, metric), first->judge_likes,
                  most);
    groups.append(out, fmt::format("{} likes them, {} does not", metric, judge),
                  first->metric_likes, most);
  }
  out += fmt::format(
      "<p class=\"fine\">A rank is the share of captions that are worse, with half of those that "
      "are equal. Intervals: <code>{}</code>, over images.</p></section>\n",
      html(signature));
}

}  // namespace vernier::report

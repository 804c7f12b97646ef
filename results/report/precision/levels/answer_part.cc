// What both answer.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "results/report/charts/cells/strip.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/precision/charts/diverging.h"
#include "results/report/precision/levels/levels.h"
#include "results/report/samples/excerpt.h"

namespace vernier::report {
namespace {

using Kind = PrecisionAnswers::Kind;

constexpr double kUsualAlpha = 0.05;

std::string percent_text(std::uint64_t part, std::uint64_t whole) {
  return number_text(100 * static_cast<double>(part) / static_cast<double>(whole), 1);
}

/// The last row is about all kinds where there are several.
void append_summary(std::string& out, const PairView& view, const PrecisionAnswers& answers) {
  if (answers.kinds.empty()) return;
  const Kind& all = answers.kinds.back();
  out += fmt::format(
      "<p><strong>{}</strong> questions got another answer. {} went from right to wrong, {} from "
      "wrong to right; right are {} % of {}, {} % of {}. ",
      share_text(all.changed, all.questions), count_text(all.broken), count_text(all.repaired),
      percent_text(all.right_a, all.questions), view.badge_a(),
      percent_text(all.right_b, all.questions), view.badge_b());
  out += fmt::format("This imbalance {} (McNemar's exact test, p {}).</p>\n",
                     all.p <= kUsualAlpha ? "is more than chance" : "may well be chance",
                     html(probability_text(all.p)));
}

void append_chart(std::string& out, const PairView& view, const PrecisionAnswers& answers) {
  if (answers.kinds.empty()) return;
  // The sum of all kinds stands in the summary, and would make their bars short.
  const std::span kinds =
      std::span(answers.kinds).first(std::max<std::size_t>(answers.kinds.size(), 2) - 1);
  std::uint64_t most = 0;
  for (const Kind& kind : kinds) most = std::max({most, kind.broken, kind.repaired});
  out +=
      "<h4>Flips by kind of question</h4>\n<p class=\"fine\">To the left those that went from "
      "right "
      "to wrong, to the right those from wrong to right. Beside: right answers before and after, "
      "and "
      "p of McNemar's test, which is small where one side outweighs.</p>\n<div class=\"strips\">\n";
  for (const Kind& kind : kinds) {
    out += strip_line(html(kind.name), diverging_svg(kind.broken, kind.repaired, most),
                      fmt::format("{} → {} % <small>of {}; p {}</small>",
                                  percent_text(kind.right_a, kind.questions),
                                  percent_text(kind.right_b, kind.questions),
                                  count_text(kind.questions), html(probability_text(kind.p))));
  }
  out += "</div>\n<details class=\"more-tables\"><summary>All numbers</summary>\n";
  Table table("Answers by kind of question", {{"kind"},
                                              {"questions", true},
                                              {"right, " + view.badge_a(), true},
                                              {"right, " + view.badge_b(), true},
                                              {"right → wrong", true},
                                              {"wrong → right", true},
                                              {"changed", true},
                                              {"p", true}});
  for (const Kind& kind : answers.kinds) {
    table.row({html(kind.name), count_text(kind.questions), count_text(kind.right_a),
               count_text(kind.right_b), count_text(kind.broken), count_text(kind.repaired),
               count_text(kind.changed), html(probability_text(kind.p))});
  }
  out += table.finish() + "</details>\n";
}

std::string card_of(const PairView& view, const PrecisionAnswers::Example& one) {
  std::string out = fmt::format(
      "<article class=\"card\"><h4><code>{}</code></h4>{}<p class=\"question\">{}</p><dl>",
      html(one.id), view.images.element(one.image_id), html(excerpt(one.question)));
  const auto answer = [&](const std::string& badge, const std::string& text, bool right) {
    out += fmt::format("<dt>{}</dt><dd>{} <small class=\"{}\">{}</small></dd>", badge,
                       html(excerpt(text)), right ? "better" : "worse", right ? "right" : "wrong");
  };
  answer(view.badge_a(), one.a, one.broken);
  answer(view.badge_b(), one.b, !one.broken);
  if (!one.right.empty()) {
    out += fmt::format("<dt><small>right</small></dt><dd>{}</dd>", html(excerpt(one.right)));
  }
  return out + "</dl></article>\n";
}

/// Evenly spread, so that no kind of question hides the others.
void append_examples(std::string& out, const PairView& view, const PrecisionAnswers& answers,
                     bool broken) {
  std::vector<const PrecisionAnswers::Example*> all;
  for (const PrecisionAnswers::Example& one : answers.examples) {
    if (one.broken == broken) all.push_back(&one);
  }
  const std::size_t shown = std::min(view.shown, all.size());
  if (shown == 0) return;
  out += fmt::format("<h4>{}</h4>\n<div class=\"cards small\">\n",
                     broken ? "Right before, wrong now" : "Wrong before, right now");
  for (std::size_t i = 0; i < shown; ++i) out += card_of(view, *all[i * all.size() / shown]);
  out += "</div>\n";
}

}  // namespace

void append_answers(std::string& out, const PairView& view, const PrecisionAnswers& answers) {
  out += view.open("answers", "Answers: questions about the pictures");
  append_summary(out, view, answers);
  append_chart(out, view, answers);
  append_examples(out, view, answers, true);
  append_examples(out, view, answers, false);
  out += "</section>\n";
}

}  // namespace vernier::report

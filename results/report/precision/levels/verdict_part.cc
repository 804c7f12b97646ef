// Both as judges of captions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/charts/cells/strip.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/precision/levels/levels.h"
#include "results/report/samples/excerpt.h"

namespace vernier::report {
namespace {

void append_summary(std::string& out, const PairView& view, const PrecisionVerdicts& verdicts) {
  out += fmt::format("<p>Both rated {} from 0 to 100. ", counted(verdicts.captions, "caption"));
  if (const ScoreDifference* moved = verdicts.comparison.score("verdicts-moved")) {
    out +=
        fmt::format("A rating moves by {} points on average",
                    interval_html({moved->score.b, moved->interval.low, moved->interval.high}, 2));
    out += std::isfinite(verdicts.largest)
               ? fmt::format(", the one that moves most by {}. ", number_text(verdicts.largest, 1))
               : ". ";
  }
  if (const ScoreDifference* mean = verdicts.comparison.score("visce")) {
    out +=
        fmt::format("The mean rating goes from {} to {} ({} {}). ", number_text(mean->score.a, 2),
                    number_text(mean->score.b, 2), signed_text(mean->difference, 2),
                    signed_interval_text(mean->interval.low, mean->interval.high, 2));
  }
  out += fmt::format(
      "Between the two: Kendall's tau-b {}, Pearson {} (1: the same order, the same line).</p>\n",
      number_text(verdicts.tau, 3), number_text(verdicts.pearson, 4));
  if (verdicts.unparsed_a > 0 || verdicts.unparsed_b > 0) {
    out += fmt::format("<p>Answers without a number: {} of {}, {} of {}. They are left out.</p>\n",
                       count_text(verdicts.unparsed_a), view.badge_a(),
                       count_text(verdicts.unparsed_b), view.badge_b());
  }
}

std::string tau_line(const std::string& badge, const PrecisionNumber& tau, const StripScale& scale,
                     std::string_view tone) {
  const StripMark mark{MarkShape::kDot, tau.value, tau.low, tau.high, {}};
  return strip_line(badge, strip_svg(scale, std::span(&mark, 1), tone), interval_html(tau, 4));
}

void append_people(std::string& out, const PairView& view,
                   const PrecisionVerdicts::People& people) {
  const double values[] = {people.tau_a.value, people.tau_a.low, people.tau_a.high,
                           people.tau_b.value, people.tau_b.low, people.tau_b.high};
  const StripScale scale = strip_scale(values, std::nullopt, std::nullopt, 1.0);
  out += fmt::format(
      "<h4>Agreement with people, or with the truth</h4>\n<p>Kendall's tau-b between each one's "
      "ratings and those of {} that come with the captions: 1 is the same order, 0 none. The "
      "change "
      "is {} {} (p {}), compared on the same captions, so that it can be told although the "
      "intervals "
      "of both overlap.</p>\n<div class=\"strips\">\n",
      counted(people.ratings, "rating"), signed_text(people.change.value, 4),
      signed_interval_text(people.change.low, people.change.high, 4),
      html(probability_text(people.p)));
  out += tau_line(view.badge_a(), people.tau_a, scale, "run-0");
  out += tau_line(view.badge_b(), people.tau_b, scale, view.tone());
  out += "</div>\n";
}

void append_moved(std::string& out, const PairView& view, const PrecisionVerdicts& verdicts) {
  std::vector<PrecisionMoved> moved = verdicts.comparison.worse;
  moved.insert(moved.end(), verdicts.comparison.better.begin(), verdicts.comparison.better.end());
  std::erase_if(moved, [](const PrecisionMoved& one) { return !std::isfinite(one.b - one.a); });
  if (moved.empty()) return;
  std::ranges::stable_sort(moved, std::ranges::greater(),
                           [](const PrecisionMoved& one) { return std::abs(one.b - one.a); });
  moved.resize(std::min(moved.size(), view.shown));
  out += "<details class=\"more-tables\"><summary>Ratings that moved most</summary>\n";
  Table table("Ratings that moved most", {{"caption"},
                                          {view.badge_a(), true},
                                          {view.badge_b(), true},
                                          {view.badge_b() + " − " + view.badge_a(), true},
                                          {""}});
  for (const PrecisionMoved& one : moved) {
    table.row({"<code>" + html(one.id) + "</code>", number_text(one.a, 1), number_text(one.b, 1),
               signed_text(one.b - one.a, 1),
               "<span class=\"passage\">" + html(cut_text(one.text, kLongestSeen)) + "</span>"});
  }
  out += table.finish() + "</details>\n";
}

}  // namespace

void append_verdict_level(std::string& out, const PairView& view,
                          const PrecisionVerdicts& verdicts) {
  out += view.open("verdicts", "Verdicts: both as judges of captions");
  append_summary(out, view, verdicts);
  if (verdicts.people) append_people(out, view, *verdicts.people);
  append_moved(out, view, verdicts);
  out += "</section>\n";
}

}  // namespace vernier::report

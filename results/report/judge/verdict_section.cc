// Can the ratings be trusted, and where not?
#include <fmt/format.h>

#include <algorithm>

#include "results/report/html/text.h"
#include "results/report/judge/charts/tenths_chart.h"
#include "results/report/judge/judge_sections.h"
#include "results/report/judge/verdict_tables.h"
#include "results/report/sections/labels.h"

namespace vernier::report {
namespace {

std::uint64_t left_out(const Run& run, std::string_view what) {
  for (const auto& [name, count] : run.counts()) {
    if (name == what) return count;
  }
  return 0;
}

/// "half within ± 5.3 points, a tenth beyond ± 12.0; in 3 captions (2.5 %) beyond ± 20, ..."
std::string rating_words(const RatingSums& sums) {
  std::string out = fmt::format(
      "half of {} are sure within ±\u00a0{} points of 100, a tenth is no surer than ±\u00a0{}; ",
      counted(sums.count, "rating"), number_text(sums.spread.median, 1),
      number_text(sums.spread.tenth, 1));
  if (sums.wide == 0) {
    out += fmt::format("none is wider than ±\u00a0{:g}. ", RatingSums::kWide);
  } else {
    out += fmt::format("{} ({}) wider than ±\u00a0{:g} say little. ", counted(sums.wide, "rating"),
                       percent_share(sums.wide, sums.count), RatingSums::kWide);
  }
  out += fmt::format(
      "Two captions have one score in {} of pairs, one likeliest number in {}; the commonest of "
      "these is {} ({}).",
      percent_text(sums.tied), percent_text(sums.raw_tied), number_text(sums.commonest, 0),
      percent_text(sums.commonest_share));
  return out;
}

std::string claim_words(const ClaimSums& sums) {
  std::uint64_t supported = 0;
  for (const auto& [kind, verdicts] : sums.kinds) {
    for (const auto& [verdict, count] : verdicts) supported += verdict == "supported" ? count : 0;
  }
  return fmt::format("{} of {} in {} hold ({}).", count_text(supported),
                     counted(sums.claims, "claim"), counted(sums.captions, "caption"),
                     percent_share(supported, sums.claims));
}

std::string vote_sums_words(const VoteSums& votes) {
  const std::uint64_t swayed = votes.first + votes.second;
  return fmt::format(
      "of {} this run's caption is preferred in {} and the other in {}, whatever the order; {} "
      "({}) "
      "hang on the order: the caption shown first is preferred in {}, the second in {}.",
      counted(votes.total(), "pair"), count_text(votes.wins), count_text(votes.losses),
      count_text(swayed), percent_share(swayed, votes.total()), count_text(votes.first),
      count_text(votes.second));
}

void append_summary(std::string& out, const Findings& findings, std::size_t r) {
  const JudgeSums& sums = findings.judged[r];
  std::vector<std::string> words;
  if (sums.ratings.count > 0) words.push_back(rating_words(sums.ratings));
  if (sums.claims.claims > 0) words.push_back(claim_words(sums.claims));
  if (sums.votes.total() > 0) words.push_back(vote_sums_words(sums.votes));
  for (const auto& [name, what] :
       {std::pair("unparsed", "answers could not be read and count nowhere."),
        std::pair("failed", "captions got no answer and are left out.")}) {
    const std::uint64_t count = left_out(findings.runs[r], name);
    if (count > 0) words.push_back(fmt::format("{} {}", count_text(count), what));
  }
  if (words.empty()) words.push_back(counted(sums.samples, "verdict") + " without a distribution.");
  out +=
      fmt::format("<p class=\"run\">{}: {}</p>\n", run_label(findings, r), fmt::join(words, " "));
}

void append_charts(std::string& out, const Findings& findings) {
  std::string charts;
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    const JudgeSums& sums = findings.judged[r];
    if (sums.ratings.with_deciles > 0) {
      charts += fmt::format(
          "<figure><figcaption>{} Ratings by tenth of the scale <small>bars: what the judge holds "
          "possible, the mean of its distributions; line: where the scores lie</small>"
          "</figcaption>{}</figure>\n",
          run_badge(r),
          tenths_chart("Mean distribution of ratings, and of scores", sums.ratings.expected,
                       &sums.ratings.scored, r));
    }
    if (sums.claims.claims > 0) {
      charts += fmt::format(
          "<figure><figcaption>{} Claims by probability of yes, in % <small>in the middle the "
          "judge "
          "does not know</small></figcaption>{}</figure>\n",
          run_badge(r),
          tenths_chart("Claims by probability of yes", sums.claims.p_yes, nullptr, r));
    }
  }
  if (!charts.empty()) out += "<div class=\"charts\">\n" + charts + "</div>\n";
}

}  // namespace

void append_verdicts(std::string& out, const Findings& findings) {
  if (!findings.is_judged()) return;
  const auto any = [&](auto counts) { return std::ranges::any_of(findings.judged, counts); };
  out += "<section id=\"verdicts\"><h2>Verdicts</h2>\n";
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    if (!findings.judged[r].empty()) append_summary(out, findings, r);
  }
  out += "<div class=\"tables\">\n";
  if (any([](const JudgeSums& sums) { return sums.statuses.size() + sums.flags.size() > 0; })) {
    append_verdict_counts(out, findings);
  }
  if (any([](const JudgeSums& sums) { return sums.ratings.count > 0; })) {
    append_certainty(out, findings);
  }
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    if (findings.judged[r].claims.claims > 0) append_claim_kinds(out, findings, r);
  }
  out += "</div>\n";
  append_charts(out, findings);
  for (std::size_t r = 0; r < findings.runs.size(); ++r) append_least_sure(out, findings, r);
  out +=
      "<p class=\"fine\">A judge that is sure may still be wrong: <code>vernier judge "
      "--audit</code> tries it on pictures whose truth is known.</p></section>\n";
}

}  // namespace vernier::report

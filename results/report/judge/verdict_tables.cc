#include "results/report/judge/verdict_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "results/report/charts/cells/tenths.h"
#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/judge/reading/judge_note.h"
#include "results/report/judge/reading/judge_words.h"
#include "results/report/sections/labels.h"

namespace vernier::report {
namespace {

constexpr std::size_t kCaption = 160;  // bytes of a caption in a table

std::uint64_t count_in(const NamedCounts& counts, const std::string& name) {
  const auto found = std::ranges::find(counts, name, &NamedCounts::value_type::first);
  return found == counts.end() ? 0 : found->second;
}

/// Names in some run, in the order of the first run that has them.
std::vector<std::string> names_in(const std::vector<JudgeSums>& runs,
                                  NamedCounts JudgeSums::*counts) {
  std::vector<std::string> names;
  for (const JudgeSums& sums : runs) {
    for (const auto& [name, count] : sums.*counts) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

std::vector<Column> run_columns(const Findings& findings, std::string_view first,
                                const std::vector<std::string>& titles) {
  std::vector<Column> columns = {{std::string(first)}};
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    for (const std::string& title : titles) {
      columns.push_back({fmt::format("{} {}", run_badge(r), title), true});
    }
  }
  return columns;
}

}  // namespace

std::string percent_text(double share) { return fmt::format("{:.1f}\u00a0%", 100 * share); }

std::string percent_share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "–" : percent_text(static_cast<double>(part) / static_cast<double>(whole));
}

void append_verdict_counts(std::string& out, const Findings& findings) {
  Table table("How the verdicts came about",
              run_columns(findings, "verdict", {"captions", "share"}));
  const auto rows = [&](NamedCounts JudgeSums::*counts, auto words) {
    for (const std::string& name : names_in(findings.judged, counts)) {
      std::vector<std::string> cells = {
          fmt::format("<span class=\"wrap\">{}</span>", html(printable(words(name), kCaption)))};
      for (const JudgeSums& sums : findings.judged) {
        const std::uint64_t count = count_in(sums.*counts, name);
        cells.push_back(sums.empty() ? "–" : count_text(count));
        cells.push_back(percent_share(count, sums.samples));
      }
      table.row(cells);
    }
  };
  rows(&JudgeSums::statuses, status_words);
  rows(&JudgeSums::flags, flag_words);
  out += table.finish();
}

void append_certainty(std::string& out, const Findings& findings) {
  struct Measure {
    const char* title;
    Middle RatingSums::*of;
    int decimals;
  };
  constexpr Measure kMeasures[] = {
      {"spread, in points of 100 <small>0: one number, without doubt</small>", &RatingSums::spread,
       1},
      {"entropy, in bits <small>1: as open as a coin</small>", &RatingSums::entropy_bits, 2},
      {"probability of all numbers <small>1: it answers in nothing else</small>", &RatingSums::mass,
       3}};
  Table table("How sure the judge is",
              run_columns(findings, "measure", {"median", "worst tenth", "worst"}));
  for (const Measure& measure : kMeasures) {
    std::vector<std::string> cells = {fmt::format("<span class=\"wrap\">{}</span>", measure.title)};
    for (const JudgeSums& sums : findings.judged) {
      const Middle& middle = sums.ratings.*measure.of;
      for (const double value : {middle.median, middle.tenth, middle.worst}) {
        cells.push_back(sums.ratings.count == 0 ? "–" : number_text(value, measure.decimals));
      }
    }
    table.row(cells);
  }
  out += table.finish();
}

void append_claim_kinds(std::string& out, const Findings& findings, std::size_t r) {
  const ClaimSums& sums = findings.judged[r].claims;
  std::vector<std::string> verdicts;
  for (const auto& [kind, counts] : sums.kinds) {
    for (const auto& [verdict, count] : counts) {
      if (std::ranges::find(verdicts, verdict) == verdicts.end()) verdicts.push_back(verdict);
    }
  }
  std::ranges::sort(verdicts);
  std::vector<Column> columns = {{run_badge(r) + " claims about"}};
  for (const std::string& verdict : verdicts) columns.push_back({html(verdict), true});
  Table table("Claims by kind", std::move(columns));
  for (const auto& [kind, counts] : sums.kinds) {
    std::uint64_t all = 0;
    for (const auto& [verdict, count] : counts) all += count;
    std::vector<std::string> cells = {html(printable(kind.empty() ? "other" : kind, 40))};
    for (const std::string& verdict : verdicts) {
      const std::uint64_t count = count_in(counts, verdict);
      cells.push_back(with_small(count_text(count), percent_share(count, all)));
    }
    table.row(cells);
  }
  out += table.finish();
}

void append_least_sure(std::string& out, const Findings& findings, std::size_t r) {
  const Run& run = findings.runs[r];
  const JudgeSums& sums = findings.judged[r];
  if (!sums.ratings.least_sure.empty()) {
    Table table("Least sure of", {{run_badge(r) + " sample"}, {"verdict"}, {"caption"}});
    for (const std::size_t n : sums.ratings.least_sure) {
      const Run::Sample& sample = run.samples()[n];
      const auto note = judge_note(sample.meta);
      table.row({fmt::format("<span class=\"wrap\">{}</span>", html(sample.id)),
                 fmt::format("{}<br>{}", html(score_words(*note)),
                             note->deciles.empty() ? "" : tenths_svg(note->deciles, r)),
                 fmt::format("<span class=\"passage\">{}</span>",
                             html(printable(sample.candidate, kCaption)))});
    }
    out += table.finish();
  }
  if (sums.claims.least_sure.empty()) return;
  Table table("Claims it is least sure of", {{run_badge(r) + " sample"}, {"yes", true}, {"claim"}});
  for (const ClaimSums::Unsure& one : sums.claims.least_sure) {
    table.row(
        {fmt::format("<span class=\"wrap\">{}</span>", html(run.samples()[one.sample].id)),
         percent_text(one.p_yes),
         fmt::format("<span class=\"passage\">{}</span>", html(printable(one.claim, kCaption)))});
  }
  out += table.finish();
}

}  // namespace vernier::report

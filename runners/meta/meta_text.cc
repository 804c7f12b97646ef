#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/printable.h"
#include "runners/meta/meta_output.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

struct Column {
  Statistic statistic;
  const char* title;
};
constexpr Column kColumns[] = {{kTauC, "tau-c"},
                               {kTauB, "tau-b"},
                               {kSpearman, "Spearman"},
                               {kPearson, "Pearson"},
                               {kAccuracy, "accuracy"}};

/// In the order of the tables; preferences have nothing to correlate with.
std::span<const Column> shown(const MetaReport& report) {
  return std::span(kColumns).subspan(report.human.ratings.empty() ? 4 : 0);
}

const char* title_of(Statistic statistic) {
  return std::ranges::find(kColumns, statistic, &Column::statistic)->title;
}

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.4f}", value + 0.0) : "-";
}
std::string signed_number(double value) {
  return std::isfinite(value) ? fmt::format("{:+.4f}", value) : "-";
}
std::string interval(const Interval& i) {
  return std::isfinite(i.low) ? fmt::format("[{:.4f}, {:.4f}]", i.low, i.high) : "-";
}
std::string probability(double p) { return std::isfinite(p) ? fmt::format("{:.4f}", p) : "-"; }

TextRows score_rows(const MetaReport& report) {
  TextRows out = {{"score"}};
  for (const Column& column : shown(report)) out[0].emplace_back(column.title);
  out[0].insert(out[0].end(), {"ties", "distinct"});
  for (const ScoreAgreement& score : report.agreement.scores) {
    std::vector<std::string>& row = out.emplace_back();
    row.push_back(printable(score.name, 60));
    for (const Column& column : shown(report)) {
      row.push_back(number(score.estimates[column.statistic].value));
    }
    row.push_back(std::isfinite(score.tie_rate) ? fmt::format("{:.2f} %", 100 * score.tie_rate)
                                                : "-");
    row.push_back(std::to_string(score.distinct_scores));
  }
  return out;
}

TextRows interval_rows(const MetaReport& report, double confidence) {
  TextRows out = {{fmt::format("{:g} % interval", confidence)}};
  for (const Column& column : shown(report)) out[0].emplace_back(column.title);
  for (const ScoreAgreement& score : report.agreement.scores) {
    std::vector<std::string>& row = out.emplace_back();
    row.push_back(printable(score.name, 60));
    for (const Column& column : shown(report)) {
      row.push_back(interval(score.estimates[column.statistic].interval));
    }
  }
  return out;
}

TextRows difference_rows(const MetaReport& report) {
  const Statistic s = report.headline;
  const Agreement& agreement = report.agreement;
  const ScoreAgreement& against = agreement.scores[report.against];
  TextRows out = {{fmt::format("{} of {} less that of", title_of(s), printable(against.name, 60)),
                   "difference", "interval", "p", "p (Holm)"}};
  for (const AgreementDifference& d : agreement.differences) {
    if (d.a != report.against && d.b != report.against) continue;
    const bool turned = d.b == report.against;
    const auto& of = d.of[s];
    const Interval i = turned ? Interval{-of.interval.high, -of.interval.low} : of.interval;
    out.push_back({printable(agreement.scores[turned ? d.a : d.b].name, 60),
                   signed_number(turned ? -of.difference : of.difference),
                   std::isfinite(i.low) ? fmt::format("[{:+.4f}, {:+.4f}]", i.low, i.high) : "-",
                   probability(of.p), probability(of.p_holm)});
  }
  return out;
}

TextRows system_rows(const MetaReport& report) {
  const Agreement& agreement = report.agreement;
  TextRows out = {{"system", "captions", "people"}};
  for (const ScoreAgreement& score : agreement.scores) {
    out[0].push_back(printable(score.name, 60));
  }
  for (std::size_t s = 0; s < report.human.system_names.size(); ++s) {
    std::vector<std::string>& row = out.emplace_back();
    row.push_back(printable(report.human.system_names[s], 60));
    row.push_back(std::to_string(agreement.system_captions[s]));
    row.push_back(number(agreement.system_ratings[s]));
    for (const ScoreAgreement& score : agreement.scores) {
      row.push_back(number(score.systems.scores[s]));
    }
  }
  for (const Statistic s : {kPearson, kSpearman, kTauB}) {
    std::vector<std::string>& row = out.emplace_back();
    row = {title_of(s), "", ""};
    for (const ScoreAgreement& score : agreement.scores) {
      row.push_back(number(score.systems.correlations[s]));
    }
  }
  return out;
}

std::string head_line(const MetaReport& report) {
  const Agreement& a = report.agreement;
  std::string out = fmt::format("{}: {}, ", report.set.name, report.set.format);
  if (report.human.ratings.empty()) {
    out += fmt::format("{} pairs of captions", a.n);
  } else if (report.use == RatingUse::kMean) {
    out += fmt::format("mean ratings of {} captions", a.n);
  } else {
    out += fmt::format("{} ratings of {} captions", a.n, report.set.captions.size());
  }
  return out + fmt::format(" of {} images\n", a.images);
}

std::string count_lines(const MetaReport& report) {
  std::string out;
  const auto line = [&](std::uint64_t count, std::string_view what) {
    if (count > 0) out += fmt::format("{} {}\n", count, what);
  };
  line(report.set.excluded, "captions were excluded");
  line(report.set.own_captions, "captions of their own images were left out");
  line(report.set.removed_references, "references were left out as they are judged themselves");
  line(report.set.duplicates, "records said again what another one says");
  line(report.unscored, "captions were left out as a score is missing");
  line(report.set.replaced_invalid, "invalid characters were replaced");
  for (const JoinedScores& joined : report.joined) {
    line(joined.extra, fmt::format("scores in {} are of captions nobody judged", joined.file));
  }
  for (const std::string& differing : differing_labels(report)) out += differing + "\n";
  for (const ScoreAgreement& score : report.agreement.scores) {
    for (const Column& column : shown(report)) {
      const Estimate& e = score.estimates[column.statistic];
      const std::string_view why = e.undefined.empty() ? e.no_interval : e.undefined;
      if (why.empty() || why == "no resamples") continue;
      out += fmt::format("{}: {}: {}{}\n", printable(score.name, 60), column.title,
                         e.undefined.empty() ? "no interval: " : "", why);
    }
  }
  for (const SkippedMetric& skipped : report.skipped) {
    out += fmt::format("skipped {}: {}\n", skipped.name, skipped.reason);
  }
  for (const std::string& warning : report.warnings) out += "warning: " + warning + "\n";
  return out;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string csv(const MetaReport& report) {
  std::string out = "score,n";
  for (const std::string_view name : kStatisticNames) {
    out += fmt::format(",{0},{0}_low,{0}_high", name);
  }
  out += ",pairs,pairs_right,pairs_tied,tie_rate,distinct_scores\n";
  const auto cell = [](double value) {
    return std::isfinite(value) ? fmt::format(",{}", value) : std::string(",");
  };
  for (const ScoreAgreement& score : report.agreement.scores) {
    out += fmt::format("{},{}", csv_cell(score.name), report.agreement.n);
    for (const Estimate& e : score.estimates) {
      out += cell(e.value) + cell(e.interval.low) + cell(e.interval.high);
    }
    out += fmt::format(",{},{},{}{},{}\n", score.preferences.total(), score.preferences.right,
                       score.preferences.tied, cell(score.tie_rate), score.distinct_scores);
  }
  return out;
}

}  // namespace

std::vector<std::string> differing_labels(const MetaReport& report) {
  std::vector<std::string> out;
  for (const JoinedScores& joined : report.joined) {
    if (joined.labels_differ.value_or(0) == 0) continue;
    std::string line =
        fmt::format("{} of {} labels in {} are not those of {}, which count", *joined.labels_differ,
                    joined.labels, joined.file, report.set.name);
    if (std::ranges::find(out, line) == out.end()) out.push_back(std::move(line));
  }
  return out;
}

std::string meta_text(const MetaReport& report, OutputFormat format) {
  if (format == OutputFormat::kJson) return meta_json(report);
  if (format == OutputFormat::kCsv) return csv(report);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows) {
    const std::string sides = "l" + std::string(rows[0].size() - 1, 'r');
    return "\n" + (markdown ? markdown_table(rows, sides) : text_table(rows, sides));
  };
  const auto lines = [&](const std::string& text) { return markdown ? markdown_text(text) : text; };
  std::string out = lines(head_line(report)) + table(score_rows(report));
  if (report.agreement.resamples > 0) {
    out += table(interval_rows(report, 100 * (1 - report.alpha)));
    if (report.agreement.scores.size() > 1) out += table(difference_rows(report));
  }
  if (!report.agreement.system_ratings.empty()) out += table(system_rows(report));
  const std::string counts = count_lines(report);
  if (!counts.empty()) out += "\n" + lines(counts);
  return out;
}

}  // namespace vernier

#include "runners/probe/drift/output/drift_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/printable.h"
#include "runners/probe/answers/output/page.h"

namespace vernier {
namespace {

using probes::drift::kMeasures;
using probes::drift::measure_info;
using probes::drift::PhraseRise;

constexpr std::size_t kTextLimit = 100;  // of a caption or phrase in a table

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.4f}", value) : "-";
}

std::string p_text(double p) { return std::isfinite(p) ? fmt::format("{:.4f}", p) : "-"; }

/// "round 2"; the list of files stands below the table.
std::string title(std::size_t round) { return fmt::format("round {}", round); }

TextRows measure_rows(const DriftStudy& study) {
  TextRows rows = {{"measure"}};
  for (std::size_t r = 0; r < study.rounds.size(); ++r) rows[0].push_back(title(r));
  rows[0].emplace_back("what");
  for (std::size_t m = 0; m < kMeasures; ++m) {
    if (std::ranges::all_of(study.rounds, [&](const DriftRound& round) {
          return std::isnan(round.measures[m].value);
        })) {
      continue;
    }
    std::vector<std::string> row = {measure_info(m).name};
    for (const DriftRound& round : study.rounds) {
      const DriftValue& value = round.measures[m];
      const char* mark = value.harmful ? " !" : value.changed ? " ~" : "  ";
      row.push_back(number(value.value) + mark);
    }
    row.emplace_back(measure_info(m).what);
    rows.push_back(std::move(row));
  }
  std::vector<std::string> verdicts = {"verdict", ""};
  for (std::size_t r = 1; r < study.rounds.size(); ++r) {
    verdicts.push_back(std::string(verdict_name(study.rounds[r].verdict)) + "  ");
  }
  verdicts.emplace_back("");
  rows.push_back(std::move(verdicts));
  return rows;
}

TextRows reason_rows(const DriftRound& round) {
  TextRows rows = {{"changed", "from", "to", "by", "95 % interval", "p", "corrected", "harm"}};
  for (std::size_t m = 0; m < kMeasures; ++m) {
    const DriftValue& value = round.measures[m];
    if (!value.changed) continue;
    rows.push_back({measure_info(m).name, number(value.reference), number(value.value),
                    fmt::format("{:+.4f}", value.change),
                    fmt::format("{:+.4f} to {:+.4f}", value.low, value.high), p_text(value.p),
                    p_text(value.corrected), value.harmful ? "yes" : "no"});
  }
  return rows;
}

TextRows object_rows(const DriftRound& round) {
  TextRows rows = {{"object", "captions in round 0", "now", "ratio", "95 % interval of all"}};
  for (const auto* list : {&round.risen, &round.fallen}) {
    for (const DriftObject& object : *list) {
      const bool known = std::isfinite(object.ratio);
      rows.push_back({printable(object.name, 40), std::to_string(object.before),
                      std::to_string(object.after),
                      known ? fmt::format("{:.2f}", object.ratio) : "-",
                      known ? fmt::format("{:.2f} to {:.2f}", object.low, object.high) : "-"});
    }
  }
  return rows;
}

TextRows phrase_rows(const DriftRound& round) {
  TextRows rows = {{"phrase", "captions in round 0", "now"}};
  for (const PhraseRise& phrase : round.phrases) {
    rows.push_back({printable(phrase.text, kTextLimit), std::to_string(phrase.before),
                    std::to_string(phrase.after)});
  }
  return rows;
}

void add_round(ProbePage& page, const DriftRound& round, std::size_t number) {
  if (round.verdict == DriftVerdict::kOk) return;
  page.table(fmt::format("{}: {}", title(number), verdict_name(round.verdict)), reason_rows(round),
             "lrrrrrrl");
  if (const TextRows rows = object_rows(round); rows.size() > 1) page.table("", rows, "lrrrr");
  if (const TextRows rows = phrase_rows(round); rows.size() > 1) page.table("", rows, "lrr");
  page.line(fmt::format("commonest caption: {} ({} captions; in round 0: {})",
                        printable(round.commonest.text, kTextLimit), round.commonest.after,
                        round.commonest.before));
}

std::string describe(const DriftFile& file, const DriftRound& round, std::size_t number) {
  std::string out =
      fmt::format("{}: {}: {} captions", title(number), file.file.name, round.captions);
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count > 0) out += fmt::format(", {} {}", count, what);
  };
  add(round.vocabulary, "different words");
  add(round.empty, "empty");
  add(file.file.repeated, "records repeated");
  add(file.left_out, "captions left out, as other rounds have fewer of the image");
  add(file.missing, "images missing");
  add(file.extra, "images that round 0 does not have");
  add(file.file.counts.replaced_invalid, "invalid bytes replaced");
  add(round.refused_sentences, "sentences too long to parse");
  if (file.id_rule != "exact") out += "; ids matched by " + file.id_rule;
  return out;
}

}  // namespace

const char* verdict_name(DriftVerdict verdict) {
  switch (verdict) {
    case DriftVerdict::kChanged:
      return "changed";
    case DriftVerdict::kDrift:
      return "drift";
    case DriftVerdict::kOk:
      break;
  }
  return "ok";
}

std::string drift_text(const DriftStudy& study, double alpha, OutputFormat format) {
  if (format == OutputFormat::kJson) return drift_json(study, alpha);
  ProbePage page;
  page.table("", measure_rows(study), "l" + std::string(study.rounds.size(), 'r') + "l");
  page.line("! changed for the worse, ~ changed otherwise");
  for (std::size_t r = 1; r < study.rounds.size(); ++r) add_round(page, study.rounds[r], r);
  page.line(fmt::format("{} images", study.input.images.size()));
  for (std::size_t r = 0; r < study.rounds.size(); ++r) {
    page.line(describe(study.input.rounds[r], study.rounds[r], r));
  }
  for (const auto& [measure, why] : study.undefined) {
    page.line(fmt::format("{}: {}", measure, why));
  }
  page.line(study.first_bad == 0 ? fmt::format("no round drifted (family-wise level {})", alpha)
                                 : fmt::format("first bad round: {} ({})", study.first_bad,
                                               study.input.rounds[study.first_bad].file.name));
  page.line(study.signature);
  return page.text(format);
}

}  // namespace vernier

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/printable.h"
#include "runners/compare/compare_output.h"
#include "runners/gate/gate_output.h"
#include "runners/output/text_table.h"
#include "runners/precision/checkpoints/output/checkpoints_output.h"
#include "runners/precision/checkpoints/output/summaries.h"

namespace vernier {
namespace {

constexpr std::size_t kUnits = 10, kShownCaptions = 3;

std::string number(double value, int digits = 4) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-";
}

std::string percent(double share, int digits = 2) {
  return std::isfinite(share) ? fmt::format("{:.{}f} %", 100 * share, digits) : "-";
}

std::string range(const ClusteredMean& mean, double scale, int digits) {
  if (!std::isfinite(mean.low)) return "";
  return fmt::format("[{:.{}f}, {:.{}f}]", scale * mean.low, digits, scale * mean.high, digits);
}

std::string share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-" : percent(static_cast<double>(part) / static_cast<double>(whole), 1);
}

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.2f} MB", static_cast<double>(bytes) / 1e6);
}

std::string facts_line(const CheckpointFacts& facts) {
  std::string out =
      fmt::format("{}: {} ({}), {}, layers {:.2f} bits a weight", facts.label, facts.source,
                  facts.precision, megabytes(facts.bytes), layer_bits(facts));
  if (facts.speed) {
    out += fmt::format("; {:.0f} tokens/s read, {:.0f} written",
                       facts.speed->prompt_tokens_per_second, facts.speed->new_tokens_per_second);
    if (std::isfinite(facts.speed->joules_per_new_token)) {
      out += fmt::format(", {:.3f} J a token", facts.speed->joules_per_new_token);
    }
  }
  return out + "\n";
}

/// Headings and tables in the one or the other form.
class Page {
 public:
  explicit Page(bool markdown) : markdown_(markdown) {}

  void heading(const std::string& text) {
    out_ += markdown_ ? fmt::format("\n### {}\n\n", markdown_text(text)) : "\n" + text + "\n";
  }
  void table(const TextRows& rows, std::string_view sides) {
    out_ += markdown_ ? markdown_table(rows, sides) : text_table(rows, sides);
  }
  void line(const std::string& text) {
    out_ += markdown_ ? "\n" + markdown_text(text) + "\n" : text + "\n";
  }
  void raw(const std::string& text) { out_ += text; }
  bool markdown() const { return markdown_; }
  std::string take() { return std::move(out_); }

 private:
  bool markdown_;
  std::string out_;
};

void add_logits(Page& page, const TextLevel& texts) {
  const LogitSummary& s = texts.summary;
  page.heading(
      fmt::format("logits: {} tokens of {} captions that people wrote", s.places, s.clusters));
  TextRows rows = {{"", "value", "95 %", "further"}};
  rows.push_back({"KL(a || b), nats", number(s.kl.value, 5), range(s.kl, 1, 5),
                  fmt::format("median {:.2g}, 90 % {:.2g}, 99 % {:.2g}, largest {:.2g}",
                              s.kl_median, s.kl_90, s.kl_99, s.kl_max)});
  rows.push_back(
      {"same likeliest token", percent(s.same_top.value), range(s.same_top, 100, 2), ""});
  rows.push_back(
      {"p(token), b - a", percent(s.delta_p.value), range(s.delta_p, 100, 2),
       fmt::format("root mean square {}; 1 % {}, 99 % {}", percent(s.delta_p_rms.value),
                   percent(s.delta_p_percentiles.front()), percent(s.delta_p_percentiles.back()))});
  rows.push_back({"perplexity", number(s.perplexity_b.value), range(s.perplexity_b, 1, 4),
                  fmt::format("a {}; ln(b / a) {:+.5f}, standard error {:.5f}",
                              number(s.perplexity_a.value), s.log_ratio.value, s.log_ratio_error)});
  page.table(rows, "lrll");
  if (!texts.errors.empty()) {
    page.line(fmt::format("{} texts could not be read; the first: {}", texts.errors.size(),
                          printable(texts.errors.front(), 200)));
  }
}

void add_captions(Page& page, const CheckpointPair& pair) {
  const CaptionAgreement agreement = caption_agreement(*pair.captions);
  page.heading(fmt::format("captions: {} of {} are the same ({})", agreement.equal,
                           agreement.pictures, share(agreement.equal, agreement.pictures)));
  if (const std::uint64_t other = agreement.pictures - agreement.equal - agreement.failed) {
    page.line(fmt::format(
        "the others part after {:.0f} tokens (median); in {} of {} a's two "
        "likeliest tokens were within {} nats there",
        agreement.median_common, agreement.near_ties, other, CaptionAgreement::kNearTie));
  }
  if (pair.caption_runs) {
    TextRows rows = {{"score", "a", "b", "difference", "95 %", "p"}};
    for (const ScoreDifference& d : pair.caption_runs->compared.comparison.scores) {
      rows.push_back({d.score.name, number(d.score.a), number(d.score.b),
                      fmt::format("{:+.4f}", d.difference),
                      std::isfinite(d.interval.low)
                          ? fmt::format("[{:+.4f}, {:+.4f}]", d.interval.low, d.interval.high)
                          : "-",
                      number(d.p)});
    }
    page.table(rows, "lrrrrr");
  }
  std::size_t shown = 0;
  for (const CaptionLevel::Picture& picture : pair.captions->pictures) {
    if (picture.pair.equal || !picture.pair.error.empty() || shown++ >= kShownCaptions) continue;
    page.line(fmt::format("{}\n  a: {}\n  b: {}", printable(picture.image_id, 60),
                          printable(picture.pair.text_a, 300),
                          printable(picture.pair.text_b, 300)));
  }
}

void add_answers(Page& page, const LevelRuns& runs) {
  page.heading("answers");
  TextRows rows = {{"kind", "questions", "right a", "right b", "right -> wrong", "wrong -> right",
                    "changed", "p (McNemar)"}};
  for (const KindFlips& kind : kind_flips(runs)) {
    rows.push_back({printable(kind.kind, 30), std::to_string(kind.questions),
                    share(kind.right_a, kind.questions), share(kind.right_b, kind.questions),
                    std::to_string(kind.broken), std::to_string(kind.repaired),
                    share(kind.changed, kind.questions), number(kind.p)});
  }
  page.table(rows, "lrrrrrrr");
}

void add_verdicts(Page& page, const CheckpointPair& pair) {
  const VerdictLevel& level = *pair.verdicts;
  page.heading(fmt::format("verdicts: {} captions rated by both", level.captions));
  TextRows rows = {{"", "a", "b", "difference", "95 %"}};
  for (const char* name : {"visce", "verdicts-moved"}) {
    const ScoreDifference* const d = find_score(pair.verdict_runs.get(), name);
    if (d == nullptr) continue;
    const bool mean = std::string_view(name) == "visce";
    rows.push_back({mean ? "mean rating" : "points moved (mean)", mean ? number(d->score.a, 2) : "",
                    mean ? number(d->score.b, 2) : "", fmt::format("{:+.3f}", d->difference),
                    std::isfinite(d->interval.low)
                        ? fmt::format("[{:+.3f}, {:+.3f}]", d->interval.low, d->interval.high)
                        : "-"});
  }
  if (pair.people) {
    const AgreementDifference::Of& of = pair.people->differences[0].of[kTauB];
    rows.push_back({"tau-b with people", number(pair.people->scores[0].estimates[kTauB].value),
                    number(pair.people->scores[1].estimates[kTauB].value),
                    std::isfinite(of.difference) ? fmt::format("{:+.4f}", -of.difference) : "-",
                    std::isfinite(of.interval.low)
                        ? fmt::format("[{:+.4f}, {:+.4f}]", -of.interval.high, -of.interval.low)
                        : "-"});
  }
  page.table(rows, "lrrrr");
  page.line(fmt::format("between a's ratings and b's: tau-b {}, Pearson {}", number(level.tau),
                        number(level.pearson)));
  if (level.unparsed_a + level.unparsed_b > 0) {
    page.line(fmt::format("answers without a number: {} of a, {} of b", level.unparsed_a,
                          level.unparsed_b));
  }
}

void add_units(Page& page, const CheckpointPair& pair) {
  const auto& units = pair.units->units;
  page.heading(
      fmt::format("sensitivity: a with one unit of b, on {} texts ({} units differ, {} do "
                  "not)",
                  pair.unit_texts, units.size(), pair.units->equal.size()));
  if (units.empty()) return;
  TextRows rows = {{"unit", "KL, nats", "same likeliest token"}};
  for (std::size_t i = 0; i < std::min(units.size(), kUnits); ++i) {
    rows.push_back({units[i].name, number(units[i].kl, 5), percent(units[i].same_top)});
  }
  page.table(rows, "lrr");
  if (units.size() > kUnits) page.line(fmt::format("... {} more", units.size() - kUnits));
}

void add_pair(Page& page, const CheckpointPair& pair) {
  if (pair.texts) add_logits(page, *pair.texts);
  if (pair.captions) add_captions(page, pair);
  if (pair.answer_runs) add_answers(page, *pair.answer_runs);
  if (pair.verdict_runs) add_verdicts(page, pair);
  if (pair.units) add_units(page, pair);
  for (const auto& [level, reason] : pair.skipped) {
    page.line(fmt::format("{}: not measured: {}", level, printable(reason, 300)));
  }
  page.heading("gate");
  page.raw(page.markdown() ? gate_markdown(pair.gate) : gate_table(pair.gate));
  if (pair.gate.exit_code() != ExitCode::kOk && pair.units && !pair.units->units.empty()) {
    page.line(fmt::format("What moves the logits is mostly {}.", pair.units->units.front().name));
  }
}

std::string score_b(const LevelRuns* runs, std::string_view name, double scale, int digits,
                    std::string_view unit = "") {
  const ScoreDifference* const d = find_score(runs, name);
  if (d == nullptr) return "-";
  return fmt::format("{:.{}f}{}", scale * d->score.b, digits, unit);
}

std::string score_a(const LevelRuns* runs, std::string_view name, double scale, int digits,
                    std::string_view unit = "") {
  const ScoreDifference* const d = find_score(runs, name);
  if (d == nullptr) return "-";
  return fmt::format("{:.{}f}{}", scale * d->score.a, digits, unit);
}

std::string changed_share(const LevelRuns* runs) {
  return score_b(runs, "answers-changed", 100, 2, " %");
}

/// All models of a grid, a row each.
void add_grid(Page& page, const CheckpointsStudy& study) {
  TextRows rows = {{"model", "precision", "MB", "bits", "KL", "same top", "CIDEr", "right",
                    "changed", "moved", "tau people", "tokens/s", "gate"}};
  const auto row = [&](const CheckpointFacts& facts, const CheckpointPair& pair, bool first) {
    const auto score = first ? score_a : score_b;
    const double tau =
        pair.people ? pair.people->scores[first ? 0 : 1].estimates[kTauB].value : std::nan("");
    const std::string name = std::filesystem::path(facts.source).filename().string();
    rows.push_back({printable(name, 40), facts.precision,
                    fmt::format("{:.2f}", static_cast<double>(facts.bytes) / 1e6),
                    number(layer_bits(facts), 2),
                    first || !pair.texts ? "" : number(pair.texts->summary.kl.value, 5),
                    first || !pair.texts ? "" : percent(pair.texts->summary.same_top.value),
                    score(pair.caption_runs.get(), "cider", 1, 4, ""),
                    score(pair.answer_runs.get(), "right", 100, 2, " %"),
                    first ? "" : changed_share(pair.answer_runs.get()),
                    first ? "" : score(pair.verdict_runs.get(), "verdicts-moved", 1, 3, ""),
                    number(tau),
                    facts.speed ? fmt::format("{:.0f}", facts.speed->new_tokens_per_second) : "-",
                    first ? "" : std::string(pair.gate.verdict())});
  };
  row(study.a, study.pairs.front(), true);
  for (const CheckpointPair& pair : study.pairs) row(pair.b, pair, false);
  page.table(rows, "llrrrrrrrrrrl");
}

}  // namespace

std::string checkpoints_text(const CheckpointsStudy& study, bool markdown) {
  Page page(markdown);
  page.line(
      fmt::format("{} pictures, {} captions that people wrote, {} questions, {} captions to "
                  "judge",
                  study.pictures, study.texts, study.questions, study.candidates));
  page.raw(facts_line(study.a));
  for (const CheckpointPair& pair : study.pairs) page.raw(facts_line(pair.b));
  if (study.pairs.size() > 1) {
    page.heading("all");
    add_grid(page, study);
    return page.take();
  }
  add_pair(page, study.pairs.front());
  return page.take();
}

}  // namespace vernier

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/aggregate/column_sums.h"
#include "runners/judge/checklist/checklist_study.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

std::vector<MetricDescription> metrics_of(const std::string& signature) {
  MetricDescription claims;
  claims.name = "checklist";
  claims.signature = signature;
  claims.columns = claims.scores = {claims.name};
  claims.aggregate = "mean";
  MetricDescription sentences = claims;
  sentences.name = "checklist-sentences";
  sentences.columns = sentences.scores = {sentences.name};
  return {claims, sentences};
}

std::vector<double> row_of(const ClaimedCaption& one) {
  const ClaimedCaption::Scores scores = one.scores().value_or(ClaimedCaption::Scores{});
  return {scores.claims, scores.sentences};
}

/// Bytes of a text (valid UTF-8) in code points.
std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

void append_claim(std::string& out, const ClaimInCaption& claim, const visce::CheckedClaim& checked,
                  std::string_view caption) {
  if (out.back() != '[') out += ',';
  out += '{';
  if (claim.begin < claim.end) {
    const std::size_t start = code_points(caption.substr(0, claim.begin));
    append_json_count(out, "start", start);
    append_json_count(out, "end",
                      start + code_points(caption.substr(claim.begin, claim.end - claim.begin)));
  }
  append_json_member(out, "object", claim.claim.text());
  append_json_member(out, "kind", visce::claim_kind_name(claim.claim.kind));
  append_json_member(out, "verdict", visce::claim_verdict_name(checked.verdict));
  append_json_member(out, "p_yes", checked.p_yes);
  append_json_member(out, "mass", checked.mass);
  if (!checked.said.empty()) append_json_member(out, "said", checked.said);
  append_json_count(out, "sentence", claim.sentence + std::uint64_t{1});
  out += '}';
}

/// As results/evidence reads it: reports and curves show what was not supported.
std::string evidence_of_claims(const ClaimedCaption& one, std::string_view caption) {
  std::string out = "{\"mentions\":[";
  for (std::size_t i = 0; i < one.checked.size(); ++i) {
    append_claim(out, one.said.claims[i], one.checked[i], caption);
  }
  out += ']';
  append_json_count(out, "sentences", one.said.sentences);
  std::vector<std::string_view> flags;
  if (one.checked.empty()) flags.emplace_back("no-claims");
  if (one.truncated) flags.emplace_back("truncated");
  if (one.said.refused > 0) flags.emplace_back("sentences-too-long");
  append_json_key(out, "flags");
  append_json_strings(out, flags);
  return out + '}';
}

void write_verdicts(const ChecklistStudy& study, const CaptionFile& file, const std::string& path) {
  ByteSink output(path);
  std::string line = "{";
  append_json_member(line, "schema", "judge-verdicts/1");
  append_json_member(line, "judge", study.signature);
  append_json_count(line, "captions", study.captions.size());
  append_json_count(line, "claims", study.claims);
  append_json_count(line, "unparsed", study.unparsed);
  append_json_count(line, "failed", study.failed.size());
  output.write(line + "}\n");
  for (const ClaimedCaption& one : study.captions) {
    const CaptionRecord& caption = file.captions[one.caption];
    const std::optional<ClaimedCaption::Scores> scores = one.scores();
    line = "{";
    append_json_member(line, "schema", "judge-verdict/1");
    append_json_member(line, "id", caption.id);
    append_json_member(line, "image_id", caption.image_id);
    append_json_member(line, "caption", caption.text);
    append_json_member(line, "status", scores ? "ok" : "unparsed");
    append_json_member(line, "score", scores ? scores->claims : std::nan(""));
    append_json_member(line, "sentences", scores ? scores->sentences : std::nan(""));
    append_json_key(line, "checklist");
    line += evidence_of_claims(one, caption.text);
    append_json_member(line, "image", fmt::format("{:016x}", one.picture));
    output.write(line + "}\n");
  }
  for (const Unanswered& one : study.failed) {
    line = "{";
    append_json_member(line, "schema", "judge-verdict/1");
    append_json_member(line, "id", one.key);
    append_json_member(line, "status", "failed");
    append_json_member(line, "error", printable(one.reason, 300));
    output.write(line + "}\n");
  }
  output.commit();
}

void refuse_unparsed(const ChecklistStudy& study, const JudgeOptions& options) {
  if (static_cast<double>(study.unparsed) <=
      options.most_unparsed * static_cast<double>(study.claims)) {
    return;
  }
  throw Error(ExitCode::kIncomplete,
              fmt::format("{} of {} claims were answered by neither yes nor no, more than "
                          "--max-unparsed {} allows: the model does not answer as it is asked to; "
                          "no run is written",
                          study.unparsed, study.claims, options.most_unparsed));
}

}  // namespace

ScoreReport finish_checklist(const ChecklistStudy& study, const CaptionFile& file,
                             const JudgeOptions& options) {
  std::vector<const ClaimedCaption*> scored;
  for (const ClaimedCaption& one : study.captions) {
    if (one.scores()) scored.push_back(&one);
  }
  if (!options.verdicts.empty()) write_verdicts(study, file, options.verdicts);
  refuse_unparsed(study, options);
  ProbeRun run;
  run.metrics = metrics_of(study.signature);
  run.samples = scored.size();
  run.counts = caption_counts(file, scored.size(), 0);
  run.counts.push_back({"claims", study.claims});
  run.counts.push_back({"supported", study.supported});
  run.counts.push_back({"unparsed", study.unparsed});
  run.counts.push_back({"no_claims", study.no_claims});
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const ClaimedCaption& one = *scored[i];
    const CaptionRecord& caption = file.captions[one.caption];
    ProbeSample sample;
    sample.id = caption.id;
    sample.image_id = caption.image_id;
    sample.candidate = caption.text;
    sample.meta = meta_with(caption.meta, "checklist", evidence_of_claims(one, caption.text));
    sample.truth = one.picture;
    sample.row = row_of(one);
    return sample;
  };
  if (!options.output.empty()) write_probe_run(options.output, run);

  ScoreReport report;
  report.header.version = VERNIER_VERSION;
  report.header.metrics = run.metrics;
  ColumnSums sums(report.header.row_width());
  for (const ClaimedCaption* one : scored) sums.add(row_of(*one));
  report.scores.resize(report.header.score_names().size());
  RunAggregator(report.header)
      .aggregate(sums.total(), static_cast<double>(scored.size()), report.scores);
  report.measured = report.counts.scored = scored.size();
  report.counts.empty_candidate = file.empty;
  report.counts.duplicate_candidate = file.repeated;
  const auto warn = [&](std::uint64_t count, const char* what) {
    if (count > 0) report.warnings.push_back(fmt::format("{} {}", count, what));
  };
  warn(study.failed.size(), "captions got no verdict and are left out");
  warn(study.captions.size() - scored.size(),
       "captions have claims that were all answered by neither yes nor no, and are left out");
  warn(study.unparsed, "claims were answered by neither yes nor no and are left out");
  warn(study.no_claims, "captions claim nothing that can be checked and score 0");
  return report;
}

}  // namespace vernier

#include <fmt/format.h>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "judges/visce/verdict/verdict_json.h"
#include "metrics/aggregate/column_sums.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

// Captions with so few points are grossly wrong.
constexpr double kGross = 20;

std::vector<MetricDescription> metrics_of(const RatingStudy& study) {
  MetricDescription score;
  score.name = study.name;
  score.signature = study.signature;
  score.columns = score.scores = {study.name};
  score.aggregate = "mean";
  MetricDescription gross = score;
  gross.name = study.name + "-gross";
  gross.columns = gross.scores = {gross.name};
  gross.less_is_better = true;
  return {score, gross};
}

std::vector<double> row_of(const JudgedCaption& one) {
  const double score = *one.verdict.score;
  return {score, score <= kGross ? 100.0 : 0.0};
}

void append_members(std::string& out, const RatingStudy& study, const JudgedCaption& one) {
  visce::append_verdict(out, one.verdict, study.scale);
  if (study.calibration && one.verdict.scored()) {
    append_json_member(out, "calibrated", study.calibration->curve.at(*one.verdict.score));
    append_json_member(out, "calibration", study.calibration->data);
  }
  if (const auto context = study.contexts.find(one.picture); context != study.contexts.end()) {
    append_json_key(out, "context");
    visce::append_context(out, *context->second);
  }
}

void write_verdicts(const RatingStudy& study, const CaptionFile& file, const std::string& path) {
  ByteSink output(path);
  std::string line = "{";
  append_json_member(line, "schema", "judge-verdicts/1");
  append_json_member(line, "judge", study.signature);
  append_json_count(line, "captions", study.rated.size());
  append_json_count(line, "unparsed", study.unparsed);
  append_json_count(line, "failed", study.failed.size());
  output.write(line + "}\n");
  for (const JudgedCaption& one : study.rated) {
    const CaptionRecord& caption = file.captions[one.caption];
    line = "{";
    append_json_member(line, "schema", "judge-verdict/1");
    append_json_member(line, "id", caption.id);
    append_json_member(line, "image_id", caption.image_id);
    append_json_member(line, "caption", caption.text);
    append_members(line, study, one);
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

}  // namespace

ScoreReport finish_ratings(const RatingStudy& study, const CaptionFile& file,
                           const JudgeOptions& options) {
  std::vector<const JudgedCaption*> scored;
  for (const JudgedCaption& one : study.rated) {
    if (one.verdict.scored()) scored.push_back(&one);
  }
  if (!options.verdicts.empty()) write_verdicts(study, file, options.verdicts);
  if (static_cast<double>(study.unparsed) >
      options.most_unparsed * static_cast<double>(study.rated.size())) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{} of {} verdicts hold no number, more than --max-unparsed {} allows: "
                            "the model does not answer as it is asked to; no run is written",
                            study.unparsed, study.rated.size(), options.most_unparsed));
  }
  ProbeRun run;
  run.metrics = metrics_of(study);
  run.samples = scored.size();
  run.counts = caption_counts(file, scored.size(), 0);
  run.counts.push_back({"unparsed", study.unparsed});
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const JudgedCaption& one = *scored[i];
    const CaptionRecord& caption = file.captions[one.caption];
    ProbeSample sample;
    sample.id = caption.id;
    sample.image_id = caption.image_id;
    sample.candidate = caption.text;
    sample.references.assign(caption.references.begin(), caption.references.end());
    std::string verdict = "{";
    append_members(verdict, study, one);
    sample.meta = meta_with(caption.meta, "verdict", verdict + "}");
    sample.truth = one.picture;
    sample.row = row_of(one);
    return sample;
  };
  if (!options.output.empty()) write_probe_run(options.output, run);

  ScoreReport report;
  report.header.version = VERNIER_VERSION;
  report.header.metrics = run.metrics;
  ColumnSums sums(report.header.row_width());
  for (const JudgedCaption* one : scored) sums.add(row_of(*one));
  report.scores.resize(report.header.score_names().size());
  RunAggregator(report.header)
      .aggregate(sums.total(), static_cast<double>(scored.size()), report.scores);
  report.measured = report.counts.scored = scored.size();
  report.counts.empty_candidate = file.empty;
  report.counts.duplicate_candidate = file.repeated;
  const auto warn = [&](std::uint64_t count, const char* what) {
    if (count > 0) report.warnings.push_back(fmt::format("{} captions {}", count, what));
  };
  warn(study.failed.size(), "got no verdict and are left out");
  warn(study.unparsed, "got a verdict without a number and are left out");
  return report;
}

}  // namespace vernier

#include <fmt/format.h>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/aggregate/column_sums.h"
#include "runners/judge/text_judges/text_judge_study.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

std::vector<MetricDescription> metrics_of(const TextJudgeStudy& study) {
  std::vector<MetricDescription> out;
  for (const std::string& name : study.names) {
    MetricDescription metric;
    metric.name = name;
    metric.signature = study.signature;
    metric.columns = metric.scores = {name};
    metric.aggregate = "mean";
    out.push_back(std::move(metric));
  }
  return out;
}

void write_verdicts(const TextJudgeStudy& study, const CaptionFile& file, const std::string& path) {
  ByteSink output(path);
  std::string line = "{";
  append_json_member(line, "schema", "judge-verdicts/1");
  append_json_member(line, "judge", study.signature);
  append_json_count(line, "captions", study.captions.size());
  append_json_count(line, "answers", study.asked);
  append_json_count(line, "unparsed", study.unparsed);
  append_json_count(line, "failed", study.failed.size());
  output.write(line + "}\n");
  for (const TextJudgedCaption& one : study.captions) {
    const CaptionRecord& caption = file.captions[one.caption];
    line = "{";
    append_json_member(line, "schema", "judge-verdict/1");
    append_json_member(line, "id", caption.id);
    append_json_member(line, "image_id", caption.image_id);
    append_json_member(line, "caption", caption.text);
    append_json_key(line, study.mode);
    output.write(line + one.verdict + "}\n");
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

void refuse_unparsed(const TextJudgeStudy& study, const JudgeOptions& options) {
  if (static_cast<double>(study.unparsed) <=
      options.most_unparsed * static_cast<double>(study.asked)) {
    return;
  }
  throw Error(ExitCode::kIncomplete,
              fmt::format("{} of {} answers could not be read, more than --max-unparsed {} allows: "
                          "the model does not answer as it is asked to; no run is written",
                          study.unparsed, study.asked, options.most_unparsed));
}

}  // namespace

ScoreReport finish_text_judge(const TextJudgeStudy& study, const CaptionFile& file,
                              const JudgeOptions& options) {
  std::vector<const TextJudgedCaption*> scored;
  for (const TextJudgedCaption& one : study.captions) {
    if (!one.scores.empty()) scored.push_back(&one);
  }
  if (!options.verdicts.empty()) write_verdicts(study, file, options.verdicts);
  refuse_unparsed(study, options);
  ProbeRun run;
  run.metrics = metrics_of(study);
  run.id_rule = study.references->id_rule();
  run.samples = scored.size();
  run.counts = caption_counts(file, scored.size(), 0);
  run.counts.push_back({"answers", study.asked});
  run.counts.push_back({"unparsed", study.unparsed});
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const TextJudgedCaption& one = *scored[i];
    const CaptionRecord& caption = file.captions[one.caption];
    ProbeSample sample;
    sample.id = caption.id;
    sample.image_id = caption.image_id;
    sample.candidate = caption.text;
    const std::vector<std::string>& references = study.references->of(one.caption);
    sample.references.assign(references.begin(), references.end());
    sample.meta = meta_with(caption.meta, study.mode, one.verdict);
    sample.truth = study.references->digest(one.caption);
    sample.row = one.scores;
    return sample;
  };
  if (!options.output.empty()) write_probe_run(options.output, run);

  ScoreReport report;
  report.header.version = VERNIER_VERSION;
  report.header.metrics = run.metrics;
  ColumnSums sums(report.header.row_width());
  for (const TextJudgedCaption* one : scored) sums.add(one->scores);
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
  warn(study.captions.size() - scored.size(), "captions got no score and are left out");
  warn(study.unparsed, "answers could not be read and are left out");
  return report;
}

}  // namespace vernier

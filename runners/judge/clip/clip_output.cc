#include <fmt/format.h>

#include "base/hash.h"
#include "metrics/aggregate/column_sums.h"
#include "runners/judge/clip/clip_study.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {
namespace {

MetricDescription mean_of(const char* name, const std::string& signature) {
  MetricDescription metric;
  metric.name = name;
  metric.signature = signature;
  metric.columns = metric.scores = {name};
  metric.aggregate = "mean";
  return metric;
}

std::vector<MetricDescription> metrics_of(const ClipStudy& study) {
  std::vector<MetricDescription> metrics{mean_of("clipscore", study.signature)};
  if (study.references->present()) metrics.push_back(mean_of("refclipscore", study.signature));
  return metrics;
}

std::vector<double> row_of(const ClipStudy& study, const ClipScoredCaption& one) {
  if (!study.references->present()) return {one.clip_score};
  return {one.clip_score, one.ref_clip_score};
}

ProbeRun run_of(const ClipStudy& study, const CaptionFile& file) {
  ProbeRun run;
  run.metrics = metrics_of(study);
  run.id_rule = study.references->id_rule();
  run.samples = study.captions.size();
  run.counts = caption_counts(file, study.captions.size(), 0);
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const ClipScoredCaption& one = study.captions[i];
    const CaptionRecord& caption = file.captions[one.caption];
    const std::vector<std::string>& references = study.references->of(one.caption);
    ProbeSample sample;
    sample.id = caption.id;
    sample.image_id = caption.image_id;
    sample.candidate = caption.text;
    sample.references.assign(references.begin(), references.end());
    sample.meta = caption.meta;
    sample.truth = hash_more(one.picture, study.references->digest(one.caption));
    sample.row = row_of(study, one);
    return sample;
  };
  return run;
}

}  // namespace

ScoreReport finish_clip_scores(const ClipStudy& study, const CaptionFile& file,
                               const JudgeOptions& options) {
  const ProbeRun run = run_of(study, file);
  if (!options.output.empty()) write_probe_run(options.output, run);

  ScoreReport report;
  report.header.version = VERNIER_VERSION;
  report.header.metrics = run.metrics;
  ColumnSums sums(report.header.row_width());
  for (const ClipScoredCaption& one : study.captions) sums.add(row_of(study, one));
  report.scores.resize(report.header.score_names().size());
  RunAggregator(report.header)
      .aggregate(sums.total(), static_cast<double>(study.captions.size()), report.scores);
  report.measured = report.counts.scored = study.captions.size();
  report.counts.empty_candidate = file.empty;
  report.counts.duplicate_candidate = file.repeated;
  if (!study.failed.empty()) {
    report.warnings.push_back(
        fmt::format("{} captions got no score and are left out", study.failed.size()));
  }
  return report;
}

}  // namespace vernier

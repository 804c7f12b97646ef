#include "base/hash.h"
#include "runners/judge/clip/clip_study.h"
#include "runners/judge/judged_output.h"

namespace vernier {
namespace {

std::vector<MetricDescription> metrics_of(const ClipStudy& study) {
  std::vector<MetricDescription> metrics{mean_score("clipscore", study.signature)};
  if (study.references->present()) metrics.push_back(mean_score("refclipscore", study.signature));
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
    ProbeSample sample = sample_of(caption);
    sample.references.assign(references.begin(), references.end());
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
  ScoreReport report = report_run(run, file, options.output);
  warn(report, study.failed.size(), "captions got no score and are left out");
  return report;
}

}  // namespace vernier

#include <fmt/format.h>

#include "base/error.h"
#include "base/json_text.h"
#include "judges/visce/verdict/verdict_json.h"
#include "runners/judge/judged_output.h"
#include "runners/judge/ratings/rating_study.h"

namespace vernier {
namespace {

// Captions with so few points are grossly wrong.
constexpr double kGross = 20;

std::vector<MetricDescription> metrics_of(const RatingStudy& study) {
  MetricDescription gross = mean_score(study.name + "-gross", study.signature);
  gross.less_is_better = true;
  return {mean_score(study.name, study.signature), gross};
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
  VerdictFile output(path, study.signature,
                     {{"captions", study.rated.size()},
                      {"unparsed", study.unparsed},
                      {"failed", study.failed.size()}});
  for (const JudgedCaption& one : study.rated) {
    const CaptionRecord& caption = file.captions[one.caption];
    std::string line = VerdictFile::begin(caption);
    append_members(line, study, one);
    append_json_member(line, "image", fmt::format("{:016x}", one.picture));
    output.add(line);
  }
  output.finish(study.failed);
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
    ProbeSample sample = sample_of(caption);
    std::string verdict = "{";
    append_members(verdict, study, one);
    sample.meta = meta_with(caption.meta, "verdict", verdict + "}");
    sample.truth = one.picture;
    sample.row = row_of(one);
    return sample;
  };
  ScoreReport report = report_run(run, file, options.output);
  warn(report, study.failed.size(), "captions got no verdict and are left out");
  warn(report, study.unparsed, "captions got a verdict without a number and are left out");
  return report;
}

}  // namespace vernier

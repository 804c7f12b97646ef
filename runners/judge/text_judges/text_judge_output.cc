#include <fmt/format.h>

#include "base/error.h"
#include "base/json_text.h"
#include "runners/judge/judged_output.h"
#include "runners/judge/text_judges/text_judge_study.h"

namespace vernier {
namespace {

void write_verdicts(const TextJudgeStudy& study, const CaptionFile& file, const std::string& path) {
  VerdictFile output(path, study.signature,
                     {{"captions", study.captions.size()},
                      {"answers", study.asked},
                      {"unparsed", study.unparsed},
                      {"failed", study.failed.size()}});
  for (const TextJudgedCaption& one : study.captions) {
    const CaptionRecord& caption = file.captions[one.caption];
    std::string line = VerdictFile::begin(caption);
    append_json_key(line, study.mode);
    output.add(line + one.verdict);
  }
  output.finish(study.failed);
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
  for (const std::string& name : study.names) {
    run.metrics.push_back(mean_score(name, study.signature));
  }
  run.id_rule = study.references->id_rule();
  run.samples = scored.size();
  run.counts = caption_counts(file, scored.size(), 0);
  run.counts.push_back({"answers", study.asked});
  run.counts.push_back({"unparsed", study.unparsed});
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const TextJudgedCaption& one = *scored[i];
    const CaptionRecord& caption = file.captions[one.caption];
    ProbeSample sample = sample_of(caption);
    const std::vector<std::string>& references = study.references->of(one.caption);
    sample.references.assign(references.begin(), references.end());
    sample.meta = meta_with(caption.meta, study.mode, one.verdict);
    sample.truth = study.references->digest(one.caption);
    sample.row = one.scores;
    return sample;
  };
  ScoreReport report = report_run(run, file, options.output);
  warn(report, study.failed.size(), "captions got no verdict and are left out");
  warn(report, study.captions.size() - scored.size(), "captions got no score and are left out");
  warn(report, study.unparsed, "answers could not be read and are left out");
  return report;
}

}  // namespace vernier

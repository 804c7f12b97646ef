#include <fmt/format.h>

#include "base/error.h"
#include "base/json_text.h"
#include "runners/judge/judged_output.h"
#include "runners/judge/pairwise/pairwise_study.h"

namespace vernier {
namespace {

double percent(double probability) { return probability > 0.5 ? 100 : probability < 0.5 ? 0 : 50; }

std::vector<double> row_of(const ComparedPair& pair) {
  const visce::Comparison& found = pair.comparison;
  return {percent(found.a_better()), found.consistent() ? 100.0 : 0.0,
          (percent(found.a_first) + 100 - percent(found.a_second)) / 2};
}

}  // namespace

ScoreReport finish_comparison(const PairwiseStudy& study, const CaptionFile& file,
                              const CaptionFile& rivals, const JudgeOptions& options) {
  std::vector<const ComparedPair*> parsed;
  for (const ComparedPair& pair : study.pairs) {
    if (pair.comparison.parsed()) parsed.push_back(&pair);
  }
  if (static_cast<double>(study.unparsed) >
      options.most_unparsed * static_cast<double>(study.pairs.size())) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("the model answers neither A nor B to {} of {} pairs, more than "
                            "--max-unparsed {} allows: no run is written",
                            study.unparsed, study.pairs.size(), options.most_unparsed));
  }
  ProbeRun run;
  for (const char* name : {"pairwise-wins", "pairwise-consistency", "pairwise-first"}) {
    run.metrics.push_back(mean_score(name, study.signature));
  }
  run.samples = parsed.size();
  run.counts = caption_counts(file, parsed.size(), 0);
  run.counts.push_back({"unparsed", study.unparsed});
  run.counts.push_back({"failed", study.failed.size()});
  run.sample = [&](std::size_t i) {
    const ComparedPair& pair = *parsed[i];
    const CaptionRecord& caption = file.captions[pair.caption];
    ProbeSample sample = sample_of(caption);
    std::string evidence = "{";
    append_json_member(evidence, "rival", rivals.captions[pair.other].text);
    append_json_member(evidence, "better_first", pair.comparison.a_first);
    append_json_member(evidence, "better_second", pair.comparison.a_second);
    append_json_member(evidence, "mass", pair.comparison.mass);
    sample.meta = meta_with(caption.meta, "pairwise", evidence + "}");
    sample.truth = pair.picture;
    sample.row = row_of(pair);
    return sample;
  };
  ScoreReport report = report_run(run, file, options.output);
  warn(report, study.failed.size(), "pairs got no answer and are left out");
  warn(report, study.unparsed, "pairs got neither A nor B and are left out");
  return report;
}

}  // namespace vernier

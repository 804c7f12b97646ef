// What `vernier score` and `vernier merge` print.
#pragma once

#include <string>
#include <vector>

#include "metrics/registry.h"
#include "results/run/run_rows.h"
#include "results/run/run_text.h"
#include "results/slice/score_slices.h"
#include "runners/output/output_format.h"
#include "runners/score/corpus/corpus.h"

namespace vernier {

struct ScoreReport {
  RunHeader header;
  std::vector<double> scores;
  std::uint64_t measured = 0;  ///< samples that the scores are of: all, or those of the shard
  CorpusCounts counts;
  std::vector<SkippedMetric> skipped;
  std::vector<Unscored> unscored;
  std::vector<ScoreSlices> slices;
  std::vector<std::string> first_empty, warnings;
};

/// The whole text for stdout, newline at the end.
std::string render_scores(const ScoreReport& report, OutputFormat format);

}  // namespace vernier

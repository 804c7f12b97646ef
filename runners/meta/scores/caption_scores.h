// Sentence scores of judged captions, by the metrics of this program.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "datasets/ratings/rated_set.h"
#include "metrics/registry.h"
#include "results/agreement/agreement.h"

namespace vernier {

struct CaptionScoreOptions {
  std::vector<std::string> metrics;  ///< metrics or scores; empty: all of `otherwise`
  MetricSet otherwise = MetricSet::kStandard;
  MetricOptions metric;
  unsigned threads = 1;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< from any thread
};

struct CaptionScores {
  std::vector<ScoreColumn> columns;  ///< one value a caption; NaN where the metric has none
  std::vector<std::pair<std::string, std::string>> signatures;  ///< by metric
  std::vector<SkippedMetric> skipped;
};

/// A caption with the same text and references as another is measured once. Document frequencies of
/// CIDEr are those of the judged captions' references, once for each caption. Throws
/// Error(kBadInput) when a caption has no references.
CaptionScores caption_scores(const RatedSet& set, const CaptionScoreOptions& options);

}  // namespace vernier

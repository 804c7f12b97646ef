// What `vernier meta` prints.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "datasets/ratings/rated_set.h"
#include "metrics/registry.h"
#include "results/agreement/agreement.h"
#include "runners/meta/scores/score_file.h"
#include "runners/output/output_format.h"

namespace vernier {

struct MetaReport {
  RatedSet set;  ///< what was judged
  HumanJudgements human;
  Agreement agreement;
  RatingUse use = RatingUse::kEach;
  TieRule ties = TieRule::kWrong;
  std::uint64_t unscored = 0;  ///< captions left out as some score is missing
  std::vector<JoinedScores> joined;
  std::vector<std::pair<std::string, std::string>> signatures;  ///< by metric
  std::vector<SkippedMetric> skipped;
  std::vector<std::string> warnings;
  double alpha = 0.05;
  std::size_t against = 0;  ///< the score that tables compare with
  /// What the data set is judged by: accuracy of preferences, else tau-c.
  Statistic headline = kTauC;
};

/// A line for each file of scores whose labels are not those of the judgements.
std::vector<std::string> differing_labels(const MetaReport& report);

/// The whole text for stdout, newline at the end.
std::string meta_text(const MetaReport& report, OutputFormat format);
std::string meta_json(const MetaReport& report);

}  // namespace vernier

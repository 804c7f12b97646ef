// What `vernier meta` can be told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "datasets/ratings/ratings.h"
#include "metrics/registry.h"
#include "results/agreement/agreement.h"
#include "runners/meta/scores/score_file.h"
#include "runners/output/output_format.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

struct MetaOptions {
  std::string ratings;
  RatingOptions read;
  std::vector<std::string> metrics, scores;
  bool all = false;  ///< every metric whose data is installed
  MetricOptions metric;
  ScoreFileOptions join;
  AgreementOptions agreement;
  std::optional<std::size_t> resamples;
  std::optional<Statistic> headline;  ///< by which tables compare; none: MetaReport's
  std::string against;                ///< the score that the others are compared with in tables
  OutputFormat format = OutputFormat::kTable;
  int threads = 0;
};

/// Adds all flags of `vernier meta` to its command. `options` must outlive the parsing.
void add_meta_options(CLI::App& command, MetaOptions& options);

}  // namespace vernier

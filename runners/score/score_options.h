// What `vernier score` can be told.
#pragma once

#include <string>
#include <vector>

#include "metrics/registry.h"
#include "runners/score/corpus/corpus.h"
#include "runners/score/score_output.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

struct ScoreOptions {
  CorpusOptions corpus;
  std::vector<std::string> metrics;
  MetricOptions metric;
  std::string output;
  OutputFormat format = OutputFormat::kTable;
  bool compact = false;         ///< leave texts out of the run file
  std::vector<std::string> by;  ///< "meta.KEY": scores of slices as well
  bool resume = false;  ///< refuse an interrupted run of other input instead of overwriting it
  int threads = 0;
};

/// Adds all flags of `vernier score` to its command. `options` must outlive the parsing.
void add_score_options(CLI::App& command, ScoreOptions& options);

/// Adds the flags of the metrics themselves, for every command that measures.
void add_metric_options(CLI::App& command, MetricOptions& options);

}  // namespace vernier

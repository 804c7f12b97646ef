// One sample of a run measured again from the texts in the run, to be explained.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "metrics/explain/explanation.h"
#include "results/run/run_file.h"

namespace vernier {

struct ExplainOptions {
  std::vector<std::string> metrics;  ///< names of metrics or scores; empty: all of the run
  std::string document_frequencies;  ///< for CIDEr of a run that was scored with a file of them
  std::string meteor_data;           ///< empty: the installed one
  std::string spice_grammar{};       ///< empty: the installed one
};

/// What one tokeniser makes of the sample.
struct SampleTokens {
  std::string tokenizer;
  std::vector<std::string> candidate;
  std::vector<std::vector<std::string>> references;
};

/// One metric of the run. It is explained only when this program would compute exactly what the
/// run's signature says.
struct ExplainedMetric {
  const MetricDescription* metric;
  std::span<const double> row, scores;  ///< as the run has them
  /// Why this program does not compute what the run says; empty: it does.
  std::string unexplained;
  /// What it computes is not what the run says: the explanation is one of other numbers.
  bool differs = false;
  std::vector<double> new_row, new_scores;
  std::size_t tokens = 0;  ///< index into ExplainedSample::tokens
  Explanation explanation;
};

struct ExplainedSample {
  const Run* run;
  std::size_t sample;  ///< its number
  std::vector<SampleTokens> tokens;
  std::vector<ExplainedMetric> metrics;

  const Run::Sample& record() const { return run->samples()[sample]; }
};

/// Explains samples of one run, which must outlive it. One thread.
class SampleExplainer {
 public:
  /// Reads the references of all samples where a metric needs them (CIDEr's document frequencies).
  /// Throws Error(kUsage) for a metric that the run has not, Error(kIncomplete) for a run without
  /// texts.
  SampleExplainer(const Run& run, const ExplainOptions& options);
  ~SampleExplainer();
  SampleExplainer(const SampleExplainer&) = delete;
  SampleExplainer& operator=(const SampleExplainer&) = delete;

  ExplainedSample explain(std::size_t sample);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace vernier

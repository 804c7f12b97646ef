// The texts of a run, split for an evaluation as they were when the run was scored.
#pragma once

#include <span>
#include <vector>

#include "metrics/evaluation.h"
#include "results/run/run_file.h"

namespace vernier {

/// Run and evaluation must outlive it. One thread.
class RunTexts {
 public:
  RunTexts(const Run& run, Evaluation& evaluation);

  /// Lets the metrics that need it observe the references of the whole run.
  void observe();
  /// Splits the texts of a sample.
  void read(std::size_t sample);
  /// What was read last, by stream.
  std::span<const std::span<const WordId>> candidate() const { return candidate_; }
  std::span<const std::vector<std::span<const WordId>>> references() const { return references_; }

 private:
  const Run& run_;
  Evaluation& evaluation_;
  Evaluation::Tokenizing tokenizing_;
  TokenBlock tokens_;
  std::vector<std::span<const WordId>> candidate_;
  std::vector<std::vector<std::span<const WordId>>> references_;
};

}  // namespace vernier

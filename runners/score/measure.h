// The second pass of scoring: measure every sample, write run records in input order, sum up.
#pragma once

#include <functional>
#include <vector>

#include "base/io/byte_sink.h"
#include "results/run/run_text.h"
#include "runners/score/corpus/corpus.h"

namespace vernier {

struct MeasureOptions {
  unsigned threads = 1;
  bool compact = false;                              ///< leave candidate texts out of the run
  ByteSink* run = nullptr;                           ///< where run records go; null: nowhere
  std::function<void(std::uint64_t done)> progress;  ///< called in order, from any thread
};

/// Corpus scores, in the order of Evaluation::score_names(). The header must match `evaluation`.
std::vector<double> measure_corpus(const Evaluation& evaluation, const Corpus& corpus,
                                   const RunHeader& header, const MeasureOptions& options);

}  // namespace vernier

// The second pass of scoring: measure every sample, write run records in input order, sum up.
#pragma once

#include <functional>
#include <vector>

#include "results/run/lines/run_writer.h"
#include "runners/score/corpus/corpus.h"

namespace vernier {

/// A place among the samples of a corpus.
struct SamplePlace {
  std::size_t block = 0, sample = 0;
};

struct MeasureOptions {
  unsigned threads = 1;
  bool records = false;                              ///< make run records, not scores only
  SamplePlace from;                                  ///< what is before it, the run holds already
  std::function<void(std::uint64_t done)> progress;  ///< called in order, from any thread
};

/// Writes the samples to be measured. The writer's header must match `evaluation`.
void measure_corpus(const Evaluation& evaluation, const Corpus& corpus, RunWriter& run,
                    const MeasureOptions& options);

}  // namespace vernier

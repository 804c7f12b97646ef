#include "runners/merge/merge_files.h"

#include <memory>

#include "base/io/byte_sink.h"
#include "results/shards/merge.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

// The counts that a run's footer holds.
CorpusCounts corpus_counts(const MergedRun& merged) {
  CorpusCounts counts;
  for (const auto& [name, member] : kFooterCounts) {
    for (const auto& [key, count] : merged.counts) {
      if (key == name) counts.*member = count;
    }
  }
  return counts;
}

}  // namespace

ScoreReport merge_files(const std::vector<std::string>& shards, const std::string& output,
                        const GlobalOptions& global) {
  refuse_output_over_input(output, shards, "run");
  std::vector<std::unique_ptr<RunReader>> readers;
  readers.reserve(shards.size());
  for (const std::string& shard : shards) {
    readers.push_back(std::make_unique<RunReader>(ByteSource::open(shard)));
  }
  ByteSink sink(output);
  Progress progress("merging", global.quiet);
  const MergedRun merged = merge_shards(
      std::move(readers), [&](std::string_view bytes) { sink.write(bytes); },
      [&](std::uint64_t done) { progress.update(done, 0); });
  sink.commit();
  ScoreReport report;
  report.header = merged.header;
  report.scores = merged.scores;
  report.unscored = merged.unscored;
  report.measured = merged.samples;
  report.counts = corpus_counts(merged);
  return report;
}

}  // namespace vernier

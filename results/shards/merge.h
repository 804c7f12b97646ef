// Makes one run of the shards that `vernier score --shard` measured.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "results/run/lines/run_reader.h"
#include "results/run/lines/run_writer.h"
#include "results/run/run_rows.h"

namespace vernier {

struct MergedRun {
  RunHeader header;
  std::vector<double> scores;
  std::vector<Unscored> unscored;
  std::vector<std::pair<std::string, std::uint64_t>> counts;
  std::uint64_t samples = 0;
};

/// Reads all shards at once, each from its beginning to its end, and writes the same bytes as one
/// process that measures all. Throws as RunReader does, and Error(kIncomplete) when they are not
/// all the shards of one run, naming those that are missing or in what they differ.
MergedRun merge_shards(std::vector<std::unique_ptr<RunReader>> shards,
                       const RunWriter::Write& write,
                       const std::function<void(std::uint64_t done)>& progress);

}  // namespace vernier

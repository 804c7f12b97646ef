// Merges shard files into a run file.
#pragma once

#include <string>
#include <vector>

#include "runners/commands/commands.h"
#include "runners/score/score_output.h"

namespace vernier {

/// Throws as merge_shards() and the files do. What was counted but is not in a run's footer is 0.
ScoreReport merge_files(const std::vector<std::string>& shards, const std::string& output,
                        const GlobalOptions& global);

}  // namespace vernier

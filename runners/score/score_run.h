// Scores one corpus in this process: reads, measures, writes the run.
#pragma once

#include "runners/commands/commands.h"
#include "runners/score/score_options.h"
#include "runners/score/score_output.h"

namespace vernier {

/// What `options` say, all of it or one shard. Without `commit` the run stays in its journal,
/// RUN.part, whole and ready to be taken up again. Remarks and progress go to stderr.
ScoreReport score_corpus(ScoreOptions& options, const GlobalOptions& global, bool commit);

}  // namespace vernier

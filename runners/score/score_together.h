// Scores one corpus in the processes that mpirun started.
#pragma once

#include "runners/score/score_run.h"
#include "runners/together/processes.h"

namespace vernier {

/// Each process measures one shard into RUN.K-of-N.part, the first one merges them into RUN and
/// removes them. They meet in files, so all need the folder of RUN; after an interruption the same
/// mpirun goes on with what they hold. The report is that of the whole run, in the first process.
ScoreReport score_together(const Processes& processes, const ScoreOptions& options,
                           const GlobalOptions& global);

}  // namespace vernier

// One run of several: the same samples, measured with outputs of other seeds.
#pragma once

#include <span>
#include <string>

#include "results/run/run_file.h"

namespace vernier {

/// All samples of all runs, those of run k under the id "ID@k" (1 ...), one run behind the other.
/// The images stay what they were, so they cluster all seeds. One run comes back as it is. Throws
/// Error(kIncomplete) for runs of other samples, references or signatures.
Run pooled_run(std::vector<Run> runs);

/// Reads "a.jsonl,b.jsonl" as a pooled run; a file that is really called so comes first. Throws as
/// read_run() and pooled_run() do.
Run read_seeds(const std::string& paths);

}  // namespace vernier

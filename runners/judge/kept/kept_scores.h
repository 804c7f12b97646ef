// Captions that are given as a run have been measured before: what was measured stays beside what
// the judge says, so that both can be compared (docs/report.md).
#pragma once

#include <string>

#include "results/run/run_file.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/run/probe_run.h"

namespace vernier {

/// The captions of a run, with their references, and the run. Throws as read_run() does, and
/// Error(kIncomplete) where it holds no texts.
CaptionFile read_scored_captions(const std::string& path);

/// `judged` with the metrics of `scored` before its own; one that it has itself is replaced. Rows
/// and scores of samples are those of `scored`, corpus scores are made again of the samples that
/// are left. Both must outlive it.
ProbeRun with_kept_scores(const ProbeRun& judged, const Run& scored);

}  // namespace vernier

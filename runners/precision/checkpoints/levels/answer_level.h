// Questions with known answers, asked both models: what was right and is wrong now, and the
// reverse.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/live/outcome.h"
#include "runners/commands/commands.h"
#include "runners/precision/checkpoints/input/checkpoints_data.h"
#include "runners/precision/checkpoints/side.h"

namespace vernier {

/// Asks `data.questions`: each kind about one picture, `limit` of each. Answers stay in
/// FOLDER/answers.jsonl.part. Throws Error(kIncomplete) where a question gets no answer.
std::vector<probes::LiveOutcome> ask_side(Side& side, const CheckpointsData& data,
                                          const CheckpointsOptions& options,
                                          const GlobalOptions& global);

/// Writes the runs: right, and answers-changed (whether it is another answer than a's), of each
/// question; meta.kind is its kind.
void compare_answers(const SidePair& pair, const CheckpointsData& data,
                     const std::vector<probes::LiveOutcome>& a,
                     const std::vector<probes::LiveOutcome>& b);

}  // namespace vernier

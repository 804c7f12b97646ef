// What `vernier precision --model-a A --model-b B` prints.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/precision/checkpoints/checkpoints_study.h"

namespace vernier {

/// JSON of schema vernier.precision.checkpoints/1 (docs/precision.md).
std::string checkpoints_json(const CheckpointsStudy& study);

/// For people: of one pair every level, of several a table of all.
std::string checkpoints_text(const CheckpointsStudy& study, bool markdown);

}  // namespace vernier

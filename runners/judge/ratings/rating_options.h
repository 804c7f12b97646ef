// The flags of ratings.
#pragma once

#include "runners/judge/judge_options.h"

namespace vernier {

/// Adds -r, --verdicts, --prompts, --layout, --scale, ...
void add_rating_options(CLI::App& command, JudgeOptions& options);

}  // namespace vernier

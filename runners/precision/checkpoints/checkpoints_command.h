// The part of `vernier precision` that asks models.
#pragma once

#include "runners/commands/commands.h"
#include "runners/precision/checkpoints/checkpoints_options.h"

namespace vernier {

/// Adds --model-a, --model-b and all that is about what they are compared on.
void add_checkpoints_options(CLI::App& command, CheckpointsOptions& options);

/// Measures, writes and prints; returns the exit status. Throws Error.
int compare_checkpoints(CheckpointsOptions& options, const GlobalOptions& global);

}  // namespace vernier

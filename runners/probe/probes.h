// Sub-commands of `probe`, one a file.
#pragma once

#include "runners/commands/commands.h"

namespace vernier {

/// Adds what `probe NAME` can be to the command line.
void add_probe_command(const CommandContext& context);

void add_chair_probe(CLI::App& probe, const CommandContext& context);
void add_amber_probe(CLI::App& probe, const CommandContext& context);

}  // namespace vernier

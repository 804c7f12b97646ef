// Sub-commands of `probe`, one a file.
#pragma once

#include "runners/commands/commands.h"

namespace vernier {

/// Adds what `probe NAME` can be to the command line.
void add_probe_command(const CommandContext& context);

void add_chair_probe(CLI::App& probe, const CommandContext& context);
void add_amber_probe(CLI::App& probe, const CommandContext& context);
void add_words_probe(CLI::App& probe, const CommandContext& context);
void add_position_probe(CLI::App& probe, const CommandContext& context);
void add_groups_probe(CLI::App& probe, const CommandContext& context);
void add_relations_probe(CLI::App& probe, const CommandContext& context);
void add_drift_probe(CLI::App& probe, const CommandContext& context);
// Files of yes/no, letter and judge answers (answers/).
void add_pope_probe(CLI::App& probe, const CommandContext& context);
void add_mme_probe(CLI::App& probe, const CommandContext& context);
void add_order_probe(CLI::App& probe, const CommandContext& context);
void add_hallusionbench_probe(CLI::App& probe, const CommandContext& context);
void add_reefknot_probe(CLI::App& probe, const CommandContext& context);
void add_rbench_probe(CLI::App& probe, const CommandContext& context);
void add_tri_he_probe(CLI::App& probe, const CommandContext& context);
void add_mmhal_probe(CLI::App& probe, const CommandContext& context);
void add_vqa_probe(CLI::App& probe, const CommandContext& context);
void add_ocr_probe(CLI::App& probe, const CommandContext& context);
// A model that is asked (live/).
void add_live_probe(CLI::App& probe, const CommandContext& context);

}  // namespace vernier

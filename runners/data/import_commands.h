// Sub-commands of `data` that take files of others into use.
#pragma once

#include "runners/commands/commands.h"

namespace vernier {

void add_import_grammar_command(CLI::App& data, const CommandContext& context);
void add_import_nltk_command(CLI::App& data, const CommandContext& context);

}  // namespace vernier

// What every sub-command shares and the functions that add them to the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "datasets/format.h"

namespace vernier {

/// Flags that come before or after any sub-command.
struct GlobalOptions {
  bool quiet = false;                  ///< no progress and no remarks on stderr
  std::vector<std::string> arguments;  ///< the command line, for logs
};

/// Commands return their exit status through this; it runs after parsing succeeded.
using Action = std::function<int()>;

struct CommandContext {
  CLI::App& app;
  GlobalOptions& global;
  Action& action;  ///< set by the sub-command that was chosen
};

void add_score_command(const CommandContext& context);
void add_tokenize_command(const CommandContext& context);
void add_compare_command(const CommandContext& context);
void add_gate_command(const CommandContext& context);
void add_df_command(const CommandContext& context);
void add_data_command(const CommandContext& context);
void add_list_command(const CommandContext& context);
void add_doctor_command(const CommandContext& context);

/// Adds -f table|json and its short form --json to a command that prints a table.
void add_format_option(CLI::App& command, bool& json);
/// Adds --name FORMAT, checked.
CLI::Option* add_input_format_option(CLI::App& command, const std::string& name, Format& format,
                                     const std::string& what);
/// Threads for a --threads flag: 0 is one a core. Throws Error(kUsage) for less.
unsigned thread_count(int wanted);
/// Writes to stdout, all of it or Error(kOutput).
void print(std::string_view text);
/// One line on stderr, unless quiet.
void remark(const GlobalOptions& global, const std::string& line);

}  // namespace vernier

// What every sub-command shares and the functions that add them to the command line.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "datasets/format.h"
#include "runners/output/output_format.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

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
void add_parse_command(const CommandContext& context);
void add_merge_command(const CommandContext& context);
void add_compare_command(const CommandContext& context);
void add_gate_command(const CommandContext& context);
void add_quantize_command(const CommandContext& context);
void add_precision_command(const CommandContext& context);
void add_meta_command(const CommandContext& context);
void add_explain_command(const CommandContext& context);
void add_check_command(const CommandContext& context);
void add_report_command(const CommandContext& context);
void add_caption_command(const CommandContext& context);
void add_judge_command(const CommandContext& context);
void add_df_command(const CommandContext& context);
void add_data_command(const CommandContext& context);
void add_synth_command(const CommandContext& context);
void add_list_command(const CommandContext& context);
void add_doctor_command(const CommandContext& context);

/// Adds an option that takes one of these names, the first of which is the usual one; `chosen` gets
/// the place of the one given.
CLI::Option* add_named_choice(CLI::App& command, const std::string& names,
                              const std::vector<std::string>& known,
                              std::function<void(std::size_t)> chosen, const std::string& what);

/// Adds an option with a value for each of some names.
template <class T>
CLI::Option* add_choice_option(CLI::App& command, const std::string& names, T& value,
                               const std::vector<std::pair<std::string, T>>& choices,
                               const std::string& what) {
  std::vector<std::string> known(choices.size());
  std::ranges::transform(choices, known.begin(), &std::pair<std::string, T>::first);
  return add_named_choice(
      command, names, known, [&value, choices](std::size_t k) { value = choices[k].second; }, what);
}

/// Adds -f with these formats, the first of which is the usual one, and --json.
void add_format_option(CLI::App& command, OutputFormat& format,
                       const std::vector<OutputFormat>& offered);
/// Adds -m NAME,NAME,...: one argument, so that a file or an id may follow.
void add_metrics_option(CLI::App& command, std::vector<std::string>& metrics,
                        const std::string& what);
/// Adds --by meta.KEY, as often as wanted.
void add_slices_option(CLI::App& command, std::vector<std::string>& by);
void add_threads_option(CLI::App& command, int& threads);
/// Adds --name FORMAT, checked.
CLI::Option* add_input_format_option(CLI::App& command, const std::string& name, Format& format,
                                     const std::string& what);
/// Threads for a --threads flag: 0 is one a core. Throws Error(kUsage) for less.
unsigned thread_count(int wanted);
/// Writes a whole file ("-" is stdout), all of it or Error(kOutput).
void write_file(const std::string& path, std::string_view text);
/// The same to stdout.
void print(std::string_view text);
/// Throws Error(kOutput) when `output` is one of the inputs: writing it would destroy what was
/// read. `what` is written, e.g. "run".
void refuse_output_over_input(const std::string& output, const std::vector<std::string>& inputs,
                              std::string_view what);
/// One line on stderr, unless quiet.
void remark(const GlobalOptions& global, const std::string& line);

}  // namespace vernier

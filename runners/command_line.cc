#include "runners/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <new>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "base/io/interrupt.h"
#include "base/printable.h"
#include "runners/commands/commands.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

// Messages may quote input: control bytes must not reach a terminal.
std::string one_line(std::string_view message) { return printable(message, message.size()); }

int report(ExitCode code, std::string_view message) {
  fmt::print(stderr, "vernier: {}\n", message);
  return static_cast<int>(code);
}

}  // namespace

void write_file(const std::string& path, std::string_view text) {
  ByteSink out(path);
  out.write(text);
  out.commit();
}

void print(std::string_view text) { write_file("-", text); }

void refuse_output_over_input(const std::string& output, const std::vector<std::string>& inputs,
                              std::string_view what) {
  for (const std::string& input : inputs) {
    std::error_code error;
    if (std::filesystem::equivalent(input, output, error) && !error) {
      throw Error(
          ExitCode::kOutput,
          fmt::format("{}: the {} would overwrite an input; give -o another name", output, what));
    }
  }
}

void remark(const GlobalOptions& global, const std::string& line) {
  if (!global.quiet) fmt::print(stderr, "vernier: {}\n", one_line(line));
}

int run_command_line(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error code, not a death
  catch_interrupts();
  CLI::App app("Measures captions and the models that write them.", "vernier");
  app.set_version_flag("--version", "vernier " VERNIER_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  GlobalOptions global;
  global.arguments.assign(argv, argv + argc);
  app.add_flag("-q,--quiet", global.quiet, "No progress and no remarks on stderr");
  Action action;
  const CommandContext context{app, global, action};
  add_score_command(context);
  add_merge_command(context);
  add_compare_command(context);
  add_gate_command(context);
  add_quantize_command(context);
  add_precision_command(context);
  add_meta_command(context);
  add_explain_command(context);
  add_check_command(context);
  add_caption_command(context);
  add_judge_command(context);
  add_report_command(context);
  add_probe_command(context);
  add_tokenize_command(context);
  add_parse_command(context);
  add_df_command(context);
  add_data_command(context);
  add_synth_command(context);
  add_list_command(context);
  add_doctor_command(context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return report(ExitCode::kUsage,
                  one_line(error.what()) + " (vernier --help lists commands and flags)");
  }
  try {
    return action();
  } catch (const SilentError& error) {
    return static_cast<int>(error.code());
  } catch (const Error& error) {
    return report(error.code(), one_line(error.what()));
  } catch (const std::bad_alloc&) {
    return report(ExitCode::kResource, "out of memory");
  } catch (const std::exception& error) {
    return report(ExitCode::kInternal, fmt::format("internal error: {}", one_line(error.what())));
  }
}

}  // namespace vernier

// The options that commands share.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "base/error.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

const char* format_name(OutputFormat format) {
  switch (format) {
    case OutputFormat::kTable:
      return "table";
    case OutputFormat::kJson:
      return "json";
    case OutputFormat::kCsv:
      return "csv";
    case OutputFormat::kMarkdown:
      return "markdown";
  }
  return "table";
}

}  // namespace

CLI::Option* add_named_choice(CLI::App& command, const std::string& names,
                              const std::vector<std::string>& known,
                              std::function<void(std::size_t)> chosen, const std::string& what) {
  return command
      .add_option_function<std::string>(
          names,
          [known, chosen = std::move(chosen)](const std::string& name) {
            chosen(static_cast<std::size_t>(std::ranges::find(known, name) - known.begin()));
          },
          what)
      ->check(CLI::IsMember(known).description(""))
      ->type_name("NAME")
      ->default_str(known.front());
}

void add_format_option(CLI::App& command, OutputFormat& format,
                       const std::vector<OutputFormat>& offered) {
  std::vector<std::pair<std::string, OutputFormat>> choices;
  std::string what = "What to print: ";
  for (const OutputFormat one : offered) {
    if (!choices.empty()) what += one == offered.back() ? " or " : ", ";
    choices.emplace_back(format_name(one), one);
    what += choices.back().first;
  }
  add_choice_option(command, "-f,--format", format, choices, what);
  command.add_flag_callback(
      "--json", [&format] { format = OutputFormat::kJson; }, "Same as -f json");
}

void add_metrics_option(CLI::App& command, std::vector<std::string>& metrics,
                        const std::string& what) {
  command.add_option("-m,--metrics", metrics, what)
      ->type_name("NAMES")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_slices_option(CLI::App& command, std::vector<std::string>& by) {
  command
      .add_option("--by", by,
                  "Scores of slices as well, by a field of the records: meta.KEY (repeatable)")
      ->type_name("meta.KEY")
      ->allow_extra_args(false);
}

void add_threads_option(CLI::App& command, int& threads) {
  command.add_option("-t,--threads", threads,
                     "Threads; 0 is one a core. The numbers do not depend on it");
}

CLI::Option* add_input_format_option(CLI::App& command, const std::string& name, Format& format,
                                     const std::string& what) {
  return command
      .add_option_function<std::string>(
          name,
          [&format, name](const std::string& text) {
            const std::optional<Format> parsed = parse_format(text);
            if (!parsed)
              throw CLI::ValidationError(name, fmt::format("{}: {}", text, known_formats()));
            format = *parsed;
          },
          what)
      ->type_name("FORMAT")
      ->default_str("auto");
}

unsigned thread_count(int wanted) {
  if (wanted < 0) throw Error(ExitCode::kUsage, "--threads must be 0 (one a core) or more");
  if (wanted > 0) return static_cast<unsigned>(std::min(wanted, 1024));
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace vernier

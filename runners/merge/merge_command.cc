#include <CLI/CLI.hpp>
#include <memory>

#include "runners/commands/commands.h"
#include "runners/merge/merge_files.h"
#include "runners/run/run_log.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
The result is, byte for byte, the run that one process makes of the same input.

Examples:
  vernier score outputs.jsonl -o run.1.jsonl --shard 1/2
  vernier score outputs.jsonl -o run.2.jsonl --shard 2/2
  vernier merge run.1.jsonl run.2.jsonl -o run.jsonl
)";

struct MergeOptions {
  std::vector<std::string> runs;
  std::string output;
  OutputFormat format = OutputFormat::kTable;
};

int merge(const MergeOptions& options, const GlobalOptions& global) {
  const RunLog log(global.arguments);
  const ScoreReport report = merge_files(options.runs, options.output, global);
  log.write(options.output, 1, report.measured);
  print(render_scores(report, options.format));
  return 0;
}

}  // namespace

void add_merge_command(const CommandContext& context) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App* command =
      context.app.add_subcommand("merge", "Make one run of the shards that score --shard made");
  command->footer(kExamples);
  command->add_option("runs", options->runs, "All shards of one run, in any order")
      ->type_name("RUN")
      ->required();
  command->add_option("-o,--output", options->output, "Run file to write (.gz and .zst compress)")
      ->type_name("RUN")
      ->required();
  add_format_option(
      *command, options->format,
      {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kCsv, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return merge(*options, global); };
  });
}

}  // namespace vernier

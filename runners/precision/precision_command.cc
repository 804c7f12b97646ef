#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "results/seeds/pooled_run.h"
#include "runners/commands/commands.h"
#include "runners/precision/precision_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
What does a smaller precision (fp16 -> int4), another server or another checkpoint change? Everything
that compare shows and: answers that flipped (scores that are 0 or 1 for every sample) with an exact
McNemar test, how far single samples moved, how many texts stayed the same.

Examples:
  vernier score fp16.jsonl -m exact-match,cider -o fp16.run.jsonl
  vernier score int4.jsonl -m exact-match,cider -o int4.run.jsonl
  vernier precision --runs fp16.run.jsonl int4.run.jsonl
  vernier precision --runs fp16.run.jsonl int4.run.jsonl --by meta.type -f json
)";

struct PrecisionOptions {
  std::vector<std::string> runs;
  CompareSettings settings;
  OutputFormat format = OutputFormat::kTable;
};

int precision(PrecisionOptions& options) {
  const Run a = read_seeds(options.runs[0]), b = read_seeds(options.runs[1]);
  const PairedRuns pair(a, b, options.settings.pairing);
  print(precision_text(compared_run(pair, options.settings), changes(pair), options.settings.show,
                       options.format));
  return 0;
}

}  // namespace

void add_precision_command(const CommandContext& context) {
  auto options = std::make_shared<PrecisionOptions>();
  CLI::App* command = context.app.add_subcommand(
      "precision", "What changed between two precisions, or any two sets of outputs");
  command->footer(kExamples);
  command->add_option("--runs", options->runs, "Two run files: before and after")
      ->type_name("A B")
      ->expected(2)
      ->required();
  add_compare_settings(*command, options->settings);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return precision(*options); }; });
}

}  // namespace vernier

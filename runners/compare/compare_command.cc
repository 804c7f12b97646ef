#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "results/seeds/pooled_run.h"
#include "runners/commands/commands.h"
#include "runners/compare/compare_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Each further run is compared with the first, sample by sample: the interval is a paired bootstrap
over images, p an approximate randomisation test, "detectable" the smallest true difference that a
test on as many images would find in 8 of 10 cases (--power).

Examples:
  vernier compare baseline.jsonl candidate.jsonl
  vernier compare baseline.jsonl candidate.jsonl -m cider --show 20
  vernier compare a.jsonl b.jsonl c.jsonl -f json
  vernier compare a.jsonl b.jsonl --by meta.source        the differences by a field of the records
  vernier compare a1.jsonl,a2.jsonl b1.jsonl,b2.jsonl     two seeds a side
)";

struct CompareOptions {
  std::vector<std::string> runs;
  CompareSettings settings;
  OutputFormat format = OutputFormat::kTable;
};

int compare_runs(CompareOptions& options) {
  if (options.runs.size() < 2) {
    throw Error(ExitCode::kUsage, "compare needs two runs or more");
  }
  const Run first = read_seeds(options.runs[0]);
  std::vector<std::unique_ptr<Run>> others;
  std::vector<std::unique_ptr<PairedRuns>> pairs;
  std::vector<ComparedRun> compared;
  for (std::size_t i = 1; i < options.runs.size(); ++i) {
    others.push_back(std::make_unique<Run>(read_seeds(options.runs[i])));
    pairs.push_back(std::make_unique<PairedRuns>(first, *others.back(), options.settings.pairing));
    compared.push_back(compared_run(*pairs.back(), options.settings));
  }
  if (options.format == OutputFormat::kJson) {
    print(compare_json(compared));
  } else if (options.format == OutputFormat::kMarkdown) {
    print(compare_markdown(compared));
  } else {
    print(compare_table(compared));
  }
  return 0;
}

}  // namespace

void add_compare_command(const CommandContext& context) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command =
      context.app.add_subcommand("compare", "Paired comparison of two or more runs");
  command->footer(kExamples);
  command
      ->add_option("runs", options->runs,
                   "Run files, several seeds of one joined by commas; the first is the baseline")
      ->type_name("RUN")
      ->required();
  add_compare_settings(*command, options->settings);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return compare_runs(*options); }; });
}

}  // namespace vernier

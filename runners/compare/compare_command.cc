#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "runners/commands/commands.h"
#include "runners/compare/compare_output.h"
#include "runners/compare/statistics_options.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Each further run is compared with the first, sample by sample: the interval is a paired bootstrap
over images, p an approximate randomisation test, "detectable" the smallest true difference that a
test on as many images would find in 8 of 10 cases.

Examples:
  vernier compare baseline.jsonl candidate.jsonl
  vernier compare baseline.jsonl candidate.jsonl -m cider --show 20
  vernier compare a.jsonl b.jsonl c.jsonl -f json
)";

struct CompareOptions {
  std::vector<std::string> runs;
  PairingOptions pairing;
  ComparisonOptions comparison;
  std::string moved_by;
  std::size_t show = 5;
  int threads = 0;
  OutputFormat format = OutputFormat::kTable;
};

std::size_t moved_score(const Comparison& comparison, const std::string& wanted) {
  std::vector<std::string_view> names(comparison.scores.size());
  std::ranges::transform(comparison.scores, names.begin(),
                         [](const ScoreDifference& d) { return std::string_view(d.score.name); });
  if (wanted.empty()) return usual_score(names);
  const auto found = std::ranges::find(names, wanted);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  throw Error(ExitCode::kUsage, fmt::format("--moved-by {}: no such score is compared", wanted));
}

int compare_runs(CompareOptions& options) {
  if (options.runs.size() < 2) {
    throw Error(ExitCode::kUsage, "compare needs two runs or more");
  }
  options.comparison.threads = thread_count(options.threads);
  const Run first = read_run(options.runs[0]);
  std::vector<std::unique_ptr<Run>> others;
  std::vector<std::unique_ptr<PairedRuns>> pairs;
  std::vector<ComparedRun> compared;
  for (std::size_t i = 1; i < options.runs.size(); ++i) {
    others.push_back(std::make_unique<Run>(read_run(options.runs[i])));
    pairs.push_back(std::make_unique<PairedRuns>(first, *others.back(), options.pairing));
    ComparedRun one{pairs.back().get(), compare(*pairs.back(), options.comparison), 0, {}};
    one.moved_by = moved_score(one.comparison, options.moved_by);
    one.moved = moved_samples(*one.runs, one.comparison.scores[one.moved_by].score, options.show);
    compared.push_back(std::move(one));
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
  command->add_option("runs", options->runs, "Run files; the first is the baseline")
      ->type_name("RUN")
      ->required();
  add_metrics_option(
      *command, options->pairing.scores,
      "Metrics or scores to compare, separated by commas; default: all in both runs");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->add_option("--show", options->show, "Samples shown a direction")->capture_default_str();
  command
      ->add_option("--moved-by", options->moved_by,
                   "Score by which samples moved (default: cider, else the last one)")
      ->type_name("SCORE");
  add_statistics_options(*command, options->comparison, options->pairing.cluster_separator);
  add_threads_option(*command, options->threads);
  command->callback(
      [options, context] { context.action = [options] { return compare_runs(*options); }; });
}

}  // namespace vernier

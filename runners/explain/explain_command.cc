#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/printable.h"
#include "runners/commands/commands.h"
#include "runners/explain/output/explain_output.h"
#include "runners/explain/sample_choice.h"
#include "runners/explain/svg/scene_svg.h"
#include "runners/output/terminal.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Measures the sample again, from the texts in the run, and shows how each score comes about: matched
n-grams, common subsequence, n-gram weights, METEOR's alignment. Without ID it is the worst sample.

Exit codes: 0 what is shown is what the run says; 2 no such sample or score; 5 the numbers measured
now differ from those of the run, or the run holds no texts (--compact).

Examples:
  vernier explain run.jsonl 391895
  vernier explain run.jsonl --worst meteor -m meteor
  vernier explain run.jsonl --best cider -f json
  vernier explain run.jsonl --worst spice-fast -m spice-fast --svg graphs.svg
)";

struct CommandOptions {
  std::string run, id, worst, best, svg;
  ExplainOptions explain;
  ExplainLayout layout{0, 10};
  OutputFormat format = OutputFormat::kTable;
};

struct Chosen {
  std::size_t sample = 0;
  Choice choice;
};

Chosen choose(const Run& run, const CommandOptions& options) {
  if (run.samples().empty()) {
    throw Error(ExitCode::kIncomplete, fmt::format("{}: holds no samples", run.name()));
  }
  if (!options.id.empty()) return {find_sample(run, options.id), {}};
  constexpr std::size_t shown = 5;
  const bool best = !options.best.empty();
  const RankedSamples ranked = best ? rank_samples(run, options.best, Order::kBestFirst)
                                    : rank_samples(run, options.worst, Order::kWorstFirst);
  Chosen out{ranked.samples[0],
             {fmt::format("{} {}", best ? "best" : "worst", printable(ranked.score)), {}}};
  for (std::size_t i = 1; i < std::min(ranked.samples.size(), shown + 1); ++i) {
    out.choice.next.push_back(printable(run.samples()[ranked.samples[i]].id, 80));
  }
  return out;
}

void require_use_of_df(const Run& run, const ExplainOptions& options) {
  if (options.document_frequencies.empty()) return;
  const std::vector<MetricDescription>& metrics = run.header().metrics;
  const auto stored = [](const MetricDescription& metric) {
    return metric.signature.find("|df:file(") != std::string::npos;
  };
  if (std::none_of(metrics.begin(), metrics.end(), stored)) {
    throw Error(ExitCode::kUsage, fmt::format("--df: {} was not scored with stored document "
                                              "frequencies",
                                              run.name()));
  }
}

/// Draws the scene graphs of the first metric that has some.
void write_svg(const ExplainedSample& sample, const CommandOptions& options) {
  refuse_output_over_input(options.svg, {options.run}, "drawing");
  for (const ExplainedMetric& metric : sample.metrics) {
    const auto* const spice = std::get_if<SpiceExplanation>(&metric.explanation.how);
    if (spice == nullptr || spice->refused) continue;
    write_file(options.svg, scene_svg(*spice));
    return;
  }
  throw Error(ExitCode::kUsage,
              "--svg: no metric with scene graphs (spice, spice-fast) is "
              "explained");
}

int explain(CommandOptions& options, const GlobalOptions& global) {
  const Run run = read_run(options.run);
  require_use_of_df(run, options.explain);
  const Chosen chosen = choose(run, options);
  const ExplainedSample sample = SampleExplainer(run, options.explain).explain(chosen.sample);
  if (options.layout.width == 0) options.layout.width = std::max(terminal_width(), kLeastWidth);
  print(options.format == OutputFormat::kJson
            ? explain_json(sample)
            : explain_table(sample, chosen.choice, options.layout));
  if (!options.svg.empty()) write_svg(sample, options);
  int code = 0;
  for (const ExplainedMetric& metric : sample.metrics) {
    if (!metric.differs) continue;
    remark(global,
           fmt::format("warning: {} measured again differs from the run", metric.metric->name));
    code = static_cast<int>(ExitCode::kIncomplete);
  }
  return code;
}

}  // namespace

void add_explain_command(const CommandContext& context) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* command =
      context.app.add_subcommand("explain", "How one sample of a run came to its scores");
  command->footer(kExamples);
  command->add_option("run", options->run, "Run file (vernier score -o)")
      ->type_name("RUN")
      ->required();
  CLI::Option* const id =
      command->add_option("id", options->id, "Id of the sample")->type_name("ID");
  CLI::Option* const worst =
      command
          ->add_option("--worst", options->worst, "The sample with the worst value of this score")
          ->type_name("SCORE");
  CLI::Option* const best =
      command->add_option("--best", options->best, "The sample with the best value of this score")
          ->type_name("SCORE");
  id->excludes(worst)->excludes(best);
  worst->excludes(best);
  add_metrics_option(*command, options->explain.metrics,
                     "Metrics to explain, separated by commas; default: all of the run");
  add_format_option(*command, options->format, {OutputFormat::kTable, OutputFormat::kJson});
  command->add_option("--svg", options->svg, "Draw SPICE's scene graphs to this file")
      ->type_name("FILE");
  command->add_option("--show", options->layout.show, "n-grams shown in a list")
      ->capture_default_str();
  command
      ->add_option("--width", options->layout.width,
                   "Columns of the output; default: those of the terminal")
      ->check(CLI::Range(kLeastWidth, std::size_t{10'000}).description(""));
  command
      ->add_option("--df", options->explain.document_frequencies,
                   "The document frequencies that the run was scored with (score --df)")
      ->type_name("FILE");
  command
      ->add_option("--meteor-data", options->explain.meteor_data,
                   "METEOR's data; default: the installed one (vernier doctor)")
      ->type_name("FILE");
  command
      ->add_option("--spice-grammar", options->explain.spice_grammar,
                   "Grammar of SPICE's exact parser; default: the installed one (vernier doctor)")
      ->type_name("FILE");
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return explain(*options, global); };
  });
}

}  // namespace vernier

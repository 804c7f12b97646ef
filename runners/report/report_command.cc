#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/printable.h"
#include "results/report/precision/reading/precision_result.h"
#include "results/report/report.h"
#include "results/seeds/pooled_run.h"
#include "runners/commands/commands.h"
#include "runners/compare/statistics_options.h"
#include "runners/explain/svg/run_scenes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
One HTML file that loads nothing: scores with intervals, differences, distributions, scatter plots,
the samples that are worst or moved most, and all samples to search. Each further run is compared
with the first. What probes found of single words is marked in the captions of runs that
"vernier probe NAME -o RUN" wrote; --probe adds what "vernier probe NAME -f json" printed,
--audit what "vernier judge --audit SCENES -f json" did. What "vernier precision --model-b DIR
-f json" printed (or left in its folder as precision.json) is named as runs are and told by its
schema, vernier.precision.checkpoints/1: is the checkpoint in fewer bits still good?

Examples:
  vernier report run.jsonl -o report.html
  vernier report baseline.jsonl candidate.jsonl -o report.html
  vernier report run.jsonl --by meta.scene -o report.html
  vernier report run.jsonl --images val2014/ -o report.html
  vernier report old.chair.jsonl new.chair.jsonl -o report.html
  vernier report run.jsonl --probe chair.json --probe pope.json -o report.html
  vernier report --probe position-old.json --probe position-new.json -o report.html
  vernier report --audit fp16.json --audit int4.json -o judges.html
  vernier report precision.json --images val2014/ -o precision.html
)";

struct ReportOptions {
  std::vector<std::string> runs;
  std::string output;
  report::Options page;
  double image_budget_mib = 4;
  int threads = 0;
};

int write_report(ReportOptions& options, const GlobalOptions& global) {
  if (options.runs.empty() && options.page.probes.empty() && options.page.audits.empty()) {
    throw Error(ExitCode::kUsage, "name a RUN, --audit FILE or --probe FILE");
  }
  refuse_output_over_input(options.output, options.runs, "report");
  std::ranges::copy_if(options.runs, std::back_inserter(options.page.precisions),
                       report::is_precision_result);
  std::erase_if(options.runs, report::is_precision_result);
  refuse_output_over_input(options.output, options.page.probes, "report");
  refuse_output_over_input(options.output, options.page.audits, "report");
  options.page.comparison.threads = thread_count(options.threads);
  options.page.image_budget = static_cast<std::size_t>(options.image_budget_mib * 1024 * 1024);
  options.page.version = VERNIER_VERSION;
  options.page.drawing = scene_drawings();
  std::vector<Run> runs(options.runs.size());
  std::ranges::transform(options.runs, runs.begin(), read_seeds);
  const std::string page = report::html_report(runs, options.page);
  write_file(options.output, page);
  remark(global, fmt::format("wrote {} ({:.2f} MB)", printable(options.output, 300),
                             static_cast<double>(page.size()) / 1e6));
  return 0;
}

}  // namespace

void add_report_command(const CommandContext& context) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = context.app.add_subcommand("report", "One HTML file about one or more runs");
  command->footer(kExamples);
  command
      ->add_option("runs", options->runs,
                   "Run files, the first is the baseline; precision.json of vernier precision")
      ->type_name("RUN");
  command
      ->add_option(
          "--probe", options->page.probes,
          "JSON of vernier probe NAME -f json (repeatable); two of one probe stand side by side")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--audit", options->page.audits,
          "JSON of vernier judge --audit SCENES -f json (repeatable); several stand side by side")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("-o,--output", options->output, "The HTML file")
      ->type_name("FILE")
      ->required();
  command->add_option("--by", options->page.by, "Scores by a field of the samples' meta: meta.KEY")
      ->type_name("KEY");
  command
      ->add_option("--samples", options->page.samples,
                   "Samples in the searchable list (default: 5000, less when texts are long)")
      ->type_name("N");
  command->add_option("--show", options->page.shown, "Samples shown in full, a direction")
      ->capture_default_str();
  command
      ->add_option("--images", options->page.images,
                   "Folder of image files, named by image id, for the samples shown in full")
      ->type_name("DIR");
  command->add_option("--image-budget", options->image_budget_mib, "MiB of images in the file")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1024.0));
  add_statistics_options(*command, options->page.comparison, options->page.cluster_separator);
  add_threads_option(*command, options->threads);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return write_report(*options, global); };
  });
}

}  // namespace vernier

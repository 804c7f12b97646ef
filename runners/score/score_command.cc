#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/io/output/target.h"
#include "results/run/run_file.h"
#include "results/slice/score_slices.h"
#include "runners/commands/commands.h"
#include "runners/run/run_log.h"
#include "runners/score/score_options.h"
#include "runners/score/score_output.h"
#include "runners/score/score_run.h"
#include "runners/score/score_together.h"
#include "runners/together/processes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier score outputs.jsonl                              references inside each record
  vernier score captions.json -r captions_val2014.json     COCO results against COCO annotations
  vernier score hyp.txt -r ref1.txt -r ref2.txt -m bleu    plain lines
  vernier score outputs.jsonl -m cider,meteor -o run.jsonl -f json
  vernier score outputs.jsonl -o run.jsonl --by meta.source  the scores by a field of the records
  vernier score outputs.jsonl -o run.2.jsonl --shard 2/5   a fifth of the work (vernier merge)
)";

int score(ScoreOptions& options, const GlobalOptions& global) {
  const RunLog log(global.arguments);
  ScoreReport report;
  const bool file =
      !options.output.empty() && options.output != "-" && !output_target(options.output).direct;
  if (!options.by.empty() && (!file || !options.corpus.shard.whole())) {
    throw Error(ExitCode::kUsage,
                "--by reads the whole run back: give -o RUN, a file, and no --shard");
  }
  if (!options.corpus.shard.whole()) {
    if (options.output.empty()) {
      throw Error(ExitCode::kUsage, "--shard needs -o RUN, for vernier merge to read");
    }
    report = score_corpus(options, global, true);
  } else if (Processes::several()) {
    const Processes processes;
    report = score_together(processes, options, global);
    if (processes.rank() > 0) return 0;
  } else {
    report = score_corpus(options, global, true);
  }
  if (!options.by.empty()) report.slices = score_slices(read_run(options.output), options.by);
  if (!options.output.empty()) {
    log.write(options.output, thread_count(options.threads), report.measured);
  }
  for (const std::string& warning : report.warnings) remark(global, "warning: " + warning);
  print(render_scores(report, options.format));
  return 0;
}

}  // namespace

void add_score_command(const CommandContext& context) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = context.app.add_subcommand("score", "Score captions against references");
  command->footer(kExamples);
  add_score_options(*command, *options);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return score(*options, global); };
  });
}

}  // namespace vernier

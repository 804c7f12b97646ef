#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "results/seeds/pooled_run.h"
#include "runners/commands/commands.h"
#include "runners/precision/checkpoints/checkpoints_command.h"
#include "runners/precision/precision_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Is the int4 checkpoint still good? Two checkpoints of one model (--model-b, against --model-a) at
every level, all paired:
  logits    what both expect at each token of captions that people wrote: KL divergence, likeliest
            tokens, probabilities, perplexity
  captions  where their own captions part, and every score of vernier score
  answers   questions: right -> wrong and wrong -> right, McNemar's test
  verdicts  both as judges of captions: points moved, agreement with people
  units     which layer's weights move the logits most
  speed     tokens a second, bytes, energy where the processor tells
and a gate over all of it (--policy; exit codes as vernier gate's).

Or two run files (--runs) of any two precisions, servers or checkpoints: everything that compare
shows, answers that flipped, how far single samples moved, how many texts stayed the same.

Examples:
  vernier quantize -o int4 && vernier synth -n 500 --world small -o scenes
  vernier precision --model-b int4 scenes                       the model that comes with vernier
  vernier precision --model-a llava --model-b llava-awq --images val2014 -r captions_val2014.json \
      --questions coco_pope_random.json -o llava-precision --html llava.html
  vernier precision --model-a DIR --model-b DIR-g32 --model-b DIR-g128 --model-b DIR-int8 scenes
  vernier precision --init --policy precision.toml              the usual bounds, to start from
  vernier score fp16.jsonl -m exact-match,cider -o fp16.run.jsonl
  vernier score int4.jsonl -m exact-match,cider -o int4.run.jsonl
  vernier precision --runs fp16.run.jsonl int4.run.jsonl
  vernier precision --runs fp16.run.jsonl int4.run.jsonl --by meta.type -f json
)";

struct PrecisionOptions {
  std::vector<std::string> runs;
  CheckpointsOptions checkpoints;
  CompareSettings settings;
  OutputFormat format = OutputFormat::kTable;
};

int precision(PrecisionOptions& options, const GlobalOptions& global) {
  if (options.runs.empty()) {
    options.checkpoints.settings = options.settings;
    options.checkpoints.format = options.format;
    return compare_checkpoints(options.checkpoints, global);
  }
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
      ->expected(2);
  add_checkpoints_options(*command, options->checkpoints);
  add_compare_settings(*command, options->settings);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return precision(*options, global); };
  });
}

}  // namespace vernier

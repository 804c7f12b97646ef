#include <CLI/CLI.hpp>
#include <memory>

#include "runners/commands/commands.h"
#include "runners/judge/likelihood.h"
#include "runners/run/run_log.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier judge captions.jsonl --images pictures            with the model that comes with vernier
  vernier judge a.jsonl --model DIR --images DIR -o a.run.jsonl
  vernier compare a.run.jsonl b.run.jsonl                   which captions the model expects more

Mode likelihood: log-likelihood is that of a whole caption and its end, given the picture and the
prompt (nats, the mean of all captions); loss is per token, as in training; perplexity is exp(loss).
)";

int judge(const JudgeOptions& options, const GlobalOptions& global) {
  RunLog log(global.arguments);
  refuse_output_over_input(options.output, {options.candidates, options.shots}, "run");
  const CaptionFile file = read_captions(options.candidates, options.read);
  const auto model = open_model(options.model, global);
  const LikelihoodStudy study = measure_likelihood(*model, file, options, global);
  const ScoreReport report = finish_likelihood(study, file, options);
  if (!options.output.empty()) {
    log.note("model", model->signature());
    log.write(options.output, thread_count(options.model.threads), report.measured);
  }
  for (const std::string& warning : report.warnings) remark(global, "warning: " + warning);
  print(render_scores(report, options.format));
  return 0;
}

}  // namespace

void add_judge_command(const CommandContext& context) {
  auto options = std::make_shared<JudgeOptions>();
  CLI::App* command = context.app.add_subcommand(
      "judge", "Rate captions by a vision-language model that sees the pictures");
  command->footer(kExamples);
  command->add_option("candidates", options->candidates, "Captions of any format; - is stdin")
      ->type_name("FILE")
      ->required();
  command->add_option("--images", options->images, "Folder of the pictures")
      ->type_name("DIR")
      ->required();
  add_choice_option(*command, "--mode", options->mode, {{"likelihood", JudgeMode::kLikelihood}},
                    "likelihood: how probable the caption is to the model");
  command->add_option("-o,--output", options->output, "Run file to write (.gz and .zst compress)")
      ->type_name("RUN");
  add_format_option(
      *command, options->format,
      {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kCsv, OutputFormat::kMarkdown});
  command->add_option("--prompt", options->prompt, "What the captions are answers to")
      ->type_name("TEXT")
      ->capture_default_str();
  command->add_option("--system", options->system, "A system message before it")->type_name("TEXT");
  command
      ->add_option("--shots", options->shots,
                   "Captions that are shown first, with their pictures, as examples")
      ->type_name("FILE");
  command->add_flag("--resume", options->resume,
                    "Go on with the interrupted work in RUN.answers.part or refuse; without this "
                    "flag it is overwritten when it is of other work");
  add_model_options(*command, options->model);
  add_caption_options(*command, options->read);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return judge(*options, global); };
  });
}

}  // namespace vernier

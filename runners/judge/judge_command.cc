#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/printable.h"
#include "runners/commands/commands.h"
#include "runners/judge/audit/audit_command.h"
#include "runners/judge/checklist/checklist_study.h"
#include "runners/judge/clip/clip_study.h"
#include "runners/judge/kept/kept_scores.h"
#include "runners/judge/likelihood.h"
#include "runners/judge/pairwise/pairwise_study.h"
#include "runners/judge/ratings/rating_options.h"
#include "runners/judge/ratings/rating_study.h"
#include "runners/judge/text_judges/text_judge_study.h"
#include "runners/judge/verify/verify_run.h"
#include "runners/run/run_log.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Modes that ask for a rating, from 0 to 100:
  visce         the model writes down what it sees, then rates the caption (VisCE²)
  direct        it rates at once
  reference     it is shown captions that people wrote
  reason-first  it gives its reasons, then the rating (G-VEval's order)
The rating is the expectation of the number that the model would write, digit by digit.
Other modes:
  pairwise      which of two captions is better (--against), in both orders: pairwise-wins, and how
                fair the judge is: pairwise-consistency, pairwise-first (50 is fair)
  checklist     every claim of the caption as a yes/no question: the share that holds (FaithScore)
  clair         no picture: how likely it is about the same image as what people wrote (CLAIR)
  capscore      no picture: similarity to what a person wrote, and quality (CapScore of Wolf)
  likelihood    how probable the caption is to the model: log-likelihood is that of a whole caption and
                its end, given the picture and the prompt (nats, the mean of all captions); loss is
                per token, as in training; perplexity is exp(loss)
  clipscore     how close caption and picture are to a CLIP (--model DIR): 2.5 times the cosine of
                their vectors, at least 0; refclipscore where there are references, too

Examples:
  vernier judge captions.jsonl --images pictures            with the model that comes with vernier
  vernier judge scores.run.jsonl --images DIR -o RUN        a run: its scores stay beside the judge's
  vernier judge a.jsonl --model DIR --images DIR -o a.run.jsonl --verdicts a.verdicts.jsonl
  vernier judge a.jsonl --images DIR -r references.json --mode reference
  vernier judge a.jsonl --against b.jsonl --mode pairwise --images DIR --model DIR
  vernier judge a.jsonl --judge-url http://host:8000 --images DIR -o a.run.jsonl
  vernier judge a.jsonl --mode checklist --images DIR -o a.run.jsonl
  vernier judge a.jsonl --mode clair -r references.json --judge-url http://host:8000
  vernier judge a.jsonl --mode clipscore --model CLIP --images DIR -r references.json
  vernier judge a.run.jsonl --images DIR --verify 100       does it still say the same?
  vernier compare a.run.jsonl b.run.jsonl                   which captions fit better?
  vernier synth -n 300 --world small -o scenes && vernier judge --audit scenes
)";

bool sees_pictures(JudgeMode mode) {
  return mode != JudgeMode::kClair && mode != JudgeMode::kCapscore;
}

ScoreReport judge_by(chat::ChatModel& model, const CaptionFile& file, const JudgeOptions& options,
                     const GlobalOptions& global) {
  switch (options.mode) {
    case JudgeMode::kLikelihood:
      return finish_likelihood(measure_likelihood(model, file, options, global), file, options);
    case JudgeMode::kPairwise: {
      if (options.against.empty()) {
        throw Error(ExitCode::kUsage, "--mode pairwise needs other captions: --against FILE");
      }
      const CaptionFile rivals = read_captions(options.against, options.read);
      return finish_comparison(compare_captions(model, file, rivals, options, global), file, rivals,
                               options);
    }
    case JudgeMode::kChecklist:
      return finish_checklist(check_claims(model, file, options, global), file, options);
    case JudgeMode::kClair:
      return finish_text_judge(judge_by_clair(model, file, options, global), file, options);
    case JudgeMode::kCapscore:
      return finish_text_judge(judge_by_capscore(model, file, options, global), file, options);
    default:
      return finish_ratings(rate_captions(model, file, options, global), file, options);
  }
}

struct Judged {
  ScoreReport report;
  std::string model;  ///< its signature
};

Judged judge_file(const CaptionFile& file, const JudgeOptions& options,
                  const GlobalOptions& global) {
  if (options.mode == JudgeMode::kClipScore) {
    const ClipStudy study = measure_clip_scores(file, options, global);
    return {finish_clip_scores(study, file, options), study.model};
  }
  const auto model = open_model(options.model, global);
  return {judge_by(*model, file, options, global), model->signature()};
}

int verify(const CaptionFile& file, const JudgeOptions& options, const GlobalOptions& global) {
  if (file.scored == nullptr) {
    throw Error(ExitCode::kUsage,
                fmt::format("--verify: {} is no run; give it what vernier judge -o wrote",
                            printable(options.candidates, 200)));
  }
  if (!options.output.empty() || !options.verdicts.empty()) {
    throw Error(ExitCode::kUsage, "--verify writes nothing: leave out -o and --verdicts");
  }
  return verify_run(file, options, [&](const CaptionFile& part, const JudgeOptions& again) {
    judge_file(part, again, global);
  });
}

int judge(const JudgeOptions& options, const GlobalOptions& global) {
  if (!options.audit.empty()) {
    if (!options.candidates.empty()) {
      throw Error(ExitCode::kUsage, "--audit brings its captions: leave out the file");
    }
    const auto model = open_model(options.model, global);
    return audit_judge(*model, options, global);
  }
  if (options.candidates.empty()) {
    throw Error(ExitCode::kUsage, "candidates: a file of captions is required");
  }
  if (options.images.empty() && sees_pictures(options.mode)) {
    throw Error(ExitCode::kUsage, "--images is required");
  }
  RunLog log(global.arguments);
  std::vector<std::string> inputs = {options.candidates, options.shots, options.against};
  inputs.insert(inputs.end(), options.references.begin(), options.references.end());
  refuse_output_over_input(options.output, inputs, "run");
  refuse_output_over_input(options.verdicts, inputs, "verdicts");
  const bool own_references =
      (options.mode == JudgeMode::kReference || options.mode == JudgeMode::kClipScore ||
       !sees_pictures(options.mode)) &&
      options.references.empty();
  const CaptionFile file = is_run_file(options.candidates)
                               ? read_scored_captions(options.candidates)
                               : read_captions(options.candidates, options.read, own_references);
  if (options.verify > 0) return verify(file, options, global);
  const auto [report, model] = judge_file(file, options, global);
  if (!options.output.empty()) {
    log.note("model", model);
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
      ->type_name("FILE");
  command
      ->add_option("--images", options->images, "Folder of the pictures (not for clair, capscore)")
      ->type_name("DIR");
  add_choice_option(*command, "--mode", options->mode,
                    {{"visce", JudgeMode::kVisce},
                     {"direct", JudgeMode::kDirect},
                     {"reference", JudgeMode::kReference},
                     {"reason-first", JudgeMode::kReasonFirst},
                     {"pairwise", JudgeMode::kPairwise},
                     {"checklist", JudgeMode::kChecklist},
                     {"clair", JudgeMode::kClair},
                     {"capscore", JudgeMode::kCapscore},
                     {"likelihood", JudgeMode::kLikelihood},
                     {"clipscore", JudgeMode::kClipScore}},
                    "What the model is asked");
  command->add_option("-o,--output", options->output, "Run file to write (.gz and .zst compress)")
      ->type_name("RUN");
  add_format_option(
      *command, options->format,
      {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kCsv, OutputFormat::kMarkdown});
  add_rating_options(*command, *options);
  add_audit_options(*command, *options);
  command->add_option("--prompt", options->prompt, "likelihood: what the captions are answers to")
      ->type_name("TEXT")
      ->capture_default_str();
  command->add_option("--system", options->system, "likelihood: a system message before it")
      ->type_name("TEXT");
  command
      ->add_option("--shots", options->shots,
                   "likelihood: captions that are shown first, with their pictures, as examples")
      ->type_name("FILE");
  command->add_flag("--resume", options->resume,
                    "Go on with the interrupted work in RUN.answers.part or refuse; without this "
                    "flag it is overwritten when it is of other work");
  command
      ->add_option("--verify", options->verify,
                   "The captions are a run of this judge: judge so many of them again, and say "
                   "whether scores and verdicts are the same; exit code 1 if not")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 40).description(""));
  command
      ->add_option("--cache", options->cache,
                   "Folder that keeps answers: what was judged before (the same picture, caption, "
                   "model and prompts) is not asked again; one process at a time")
      ->type_name("DIR");
  add_model_options(*command, options->model);
  add_caption_options(*command, options->read);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return judge(*options, global); };
  });
}

}  // namespace vernier

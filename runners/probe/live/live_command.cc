#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/io/output/target.h"
#include "base/printable.h"
#include "runners/model/model_options.h"
#include "runners/probe/live/output/live_output.h"
#include "runners/probe/probes.h"
#include "runners/run/run_log.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Asks the model itself, about scenes whose truth is known or with questions of other data, and asks every
question again with a grey picture and with another scene's picture in its place: what stays right then
was not seen. Where a model is right no more often than the commonest answer, nothing is measured.

Examples:
  vernier synth -n 2000 --world small --write images,scenes,questions,groups,needles -o scenes
  vernier probe live scenes
  vernier probe live scenes --kinds relation,position --limit 2000 -o answers.jsonl
  vernier probe live scenes --kinds presets          which prompt invents least
  vernier probe live scenes --judge-url http://host:8000 --suffix "Answer with one word."
  vernier probe live --questions coco_pope_random.json --images val2014 --model llava-1.5-7b-hf

Kinds: existence, attribute, color, shape, count, relation, order, sign (the file's categories), position
(groups.jsonl), needle (needles.jsonl), resolution (pictures of several sizes: synth --side 64,96), presets
(prompts for descriptions; only when asked for). -o keeps every answer; interrupted work goes on with the
same command.
)";

struct Options {
  LiveSource source;
  LiveOptions live;
  ModelOptions model;
  std::string output;
  bool resume = false;
  OutputFormat format = OutputFormat::kTable;
};

int live(const Options& options, const GlobalOptions& global) {
  RunLog log(global.arguments);
  if (options.output == "-") {
    throw Error(ExitCode::kUsage, "-o: expected a file, as the result goes to standard output");
  }
  if (options.resume && options.output.empty()) {
    throw Error(ExitCode::kUsage,
                "--resume: expected the file whose work is gone on with, -o FILE");
  }
  refuse_output_over_input(options.output, options.source.inputs(), "file of answers");
  const LiveData data = open_live_data(options.source);
  LiveOptions chosen = options.live;
  choose_kinds(data, chosen.kinds);  // before a model is loaded
  chosen.most_failures = options.model.most_failures;
  chosen.threads = thread_count(options.model.threads);
  // A server that takes one picture at a time refuses groups, which is no failure of the others:
  // what fails is counted when all is asked. A server that fails every time is given up all the
  // same.
  ModelOptions patient = options.model;
  patient.most_failures = 1;
  const auto model = open_model(patient, global);
  chosen.drawn = model->prompt_set() == "scenes";

  // Pipes keep nothing.
  const bool file = !options.output.empty() && !output_target(options.output).direct;
  std::unique_ptr<AnswerJournal> journal;
  if (file) {
    journal = std::make_unique<AnswerJournal>(options.output, live_work(data, chosen, *model),
                                              options.resume, global);
  }
  const std::string kept = file ? printable(options.output, 200) + ".part" : "";
  const LiveStudy study = study_live(data, chosen, *model, journal.get(), kept, global);
  if (!options.output.empty()) write_file(options.output, live_records(study));
  if (file) {
    journal->finish();
    log.note("model", study.model);
    log.write(options.output, chosen.threads, study.asked - study.unanswered);
  }
  print(live_text(study, options.format));
  return 0;
}

}  // namespace

void add_live_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("live", "Ask a model: what it gets right, and what of that it sees");
  command->footer(kExamples);
  LiveOptions& asked = options->live;
  command->add_option("scenes", options->source.scenes, "Folder that vernier synth wrote")
      ->type_name("DIR");
  command
      ->add_option("--questions", options->source.questions,
                   "Instead: questions with short or yes/no answers (POPE's files, ...)")
      ->type_name("FILE");
  command
      ->add_option("--images", options->source.images,
                   "Folder of their pictures; default: images in the folder of scenes")
      ->type_name("DIR");
  command
      ->add_option("--kinds", asked.kinds,
                   "Only these, with commas between; default: all that there are but presets")
      ->type_name("NAMES")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--limit", asked.limit,
                   "Questions of each kind at most, evenly spaced; groups of pictures whole")
      ->check(CLI::Range(1, 100000000).description(""))
      ->capture_default_str();
  command
      ->add_option("--seed", asked.seed, "Of the choice, of other scenes' pictures, of statistics")
      ->capture_default_str();
  command
      ->add_option("--suffix", asked.suffix,
                   "A line behind each question, such as \"Answer with one word.\"; default: none")
      ->type_name("TEXT");
  command->add_option("--max-new", asked.most_new, "Tokens of an answer at most")
      ->check(CLI::Range(1, 65536).description(""))
      ->capture_default_str();
  command->add_option("--max-described", asked.most_described, "Tokens of a description at most")
      ->check(CLI::Range(1, 65536).description(""))
      ->capture_default_str();
  command->add_flag("--tesseract", asked.tesseract,
                    "Hold what is read on signs against what tesseract reads");
  command->add_option("--tesseract-language", asked.tesseract_language, "Its language data")
      ->type_name("NAME")
      ->capture_default_str();
  command->add_option("--alpha", asked.alpha, "Level of the test against chance and of intervals")
      ->check(CLI::Range(0.000001, 0.5).description(""))
      ->capture_default_str();
  command
      ->add_option("-o,--output", options->output,
                   "Write every question with its answers, one JSON object a line")
      ->type_name("FILE");
  command->add_flag("--resume", options->resume,
                    "Go on with the interrupted work in FILE.part or refuse; without this flag it "
                    "is overwritten when it is of another model or other questions");
  add_language_options(*command, asked.language);
  add_model_options(*command, options->model);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return live(*options, global); };
  });
}

}  // namespace vernier

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "runners/probe/chair/chair_output.h"
#include "runners/probe/chair/chair_run.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
CHAIR (Rohrbach et al. 2018): which objects captions name that are not in the images. The objects of
the images come as lines IMAGE_ID<TAB>NAME,NAME,...: the classes of the annotation and those that the
reference captions name; or they are made of both.

Examples:
  vernier probe chair captions.jsonl --objects coco_objects.tsv.gz
  vernier probe chair captions.jsonl --instances instances_val2014.json -r captions_val2014.json
  vernier probe chair captions.jsonl --objects coco_objects.tsv.gz --normaliser wnpos -f json
  vernier probe chair captions.jsonl --objects coco_objects.tsv.gz --evidence evidence.jsonl
  vernier probe chair captions.jsonl --objects coco_objects.tsv.gz -o new.jsonl
  vernier compare old.jsonl new.jsonl

--normaliser chooses the script whose numbers are to be met: pattern (the first one, POPE's paper),
wnpos (OPERA and what came after it, lmms-eval), wn. The same captions differ by up to two points.
)";

struct Options {
  ChairOptions chair;
  std::string evidence, output;
  std::size_t show = 10;
  OutputFormat format = OutputFormat::kTable;
};

int chair(const Options& options, const GlobalOptions& global) {
  if (!options.chair.objects.given()) {
    throw Error(ExitCode::kUsage,
                "expected what the images hold: --objects, or --instances and --references");
  }
  std::vector<std::string> inputs = options.chair.objects.inputs();
  inputs.push_back(options.chair.captions);
  refuse_output_over_input(options.output, inputs, "run");
  refuse_output_over_input(options.evidence, inputs, "evidence");
  const ChairStudy study = study_chair(options.chair, global);
  if (!options.output.empty()) write_chair_run(options.output, study);
  if (!options.evidence.empty()) write_file(options.evidence, chair_evidence(study));
  print(chair_text(study, options.show, options.format));
  return 0;
}

}  // namespace

void add_chair_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("chair", "Objects that captions name and images do not have");
  command->footer(kExamples);
  command
      ->add_option("captions", options->chair.captions,
                   "Captions; - is stdin. Formats are told apart by content")
      ->type_name("FILE")
      ->required();
  add_object_options(*command, options->chair.objects);
  command
      ->add_option("-o,--output", options->output,
                   "Write a run, for compare, gate and report: rates and evidence of each caption")
      ->type_name("RUN");
  command
      ->add_option("--evidence", options->evidence,
                   "Write every mention with its place and verdict, a caption a line")
      ->type_name("FILE");
  command->add_option("--show", options->show, "So many of the most invented objects")
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--ignore-extra", options->chair.ignore_extra,
                    "Leave out and count captions of images without objects");
  add_caption_options(*command, options->chair.read);
  add_threads_option(*command, options->chair.threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return chair(*options, global); };
  });
}

}  // namespace vernier

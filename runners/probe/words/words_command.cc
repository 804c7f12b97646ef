#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/probes.h"
#include "runners/probe/words/words_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
How well a check of every noun, verb, adjective and number against references finds what people
marked as invented, beside CHAIR on the same texts. Files: HAT and nocaps-FOIL (Petryk et al. 2024),
FaithScore's annotation (Jing et al. 2023), of which each fact is a text; it has no references, so
--objects says what its images hold.

Examples:
  vernier probe words hat-trainval.json
  vernier probe words nocaps-val-foil.json -f json --evidence words.jsonl
  vernier probe words annotation.jsonl --objects coco_objects.tsv.gz

To check texts that nobody marked: vernier check.
)";

struct Options {
  WordsOptions words;
  std::string evidence;
  OutputFormat format = OutputFormat::kTable;
};

int words(const Options& options, const GlobalOptions& global) {
  std::vector<std::string> inputs = options.words.objects.inputs();
  inputs.push_back(options.words.labelled);
  refuse_output_over_input(options.evidence, inputs, "evidence");
  const WordsStudy study = study_words(options.words, global);
  if (!options.evidence.empty()) write_file(options.evidence, words_evidence(study));
  print(words_text(study, options.format));
  return 0;
}

}  // namespace

void add_words_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("words", "Whether invented words are found that people marked");
  command->footer(kExamples);
  command
      ->add_option("texts", options->words.labelled, "Marked texts: HAT, nocaps-FOIL, FaithScore")
      ->type_name("FILE")
      ->required();
  add_object_options(*command, options->words.objects);
  command
      ->add_option("--evidence", options->evidence,
                   "Write every word with its place, support and verdict, a text a line")
      ->type_name("FILE");
  command->add_option("--resamples", options->words.resamples, "Of images, for intervals")
      ->type_name("N")
      ->check(CLI::Range(100, 1000000))
      ->capture_default_str();
  command->add_option("--seed", options->words.seed, "Of the resamples")
      ->type_name("N")
      ->capture_default_str();
  add_threads_option(*command, options->words.threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return words(*options, global); };
  });
}

}  // namespace vernier

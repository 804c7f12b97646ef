#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/amber/amber_output.h"
#include "runners/probe/amber/amber_run.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
AMBER (Wang et al. 2023): objects that descriptions of 1,004 images invent or leave out, and 14,216
yes-or-no questions on existence, attributes and relations. The folder of annotations is "data" of
AMBER's repository: annotations.json, relation.json, safe_words.txt. Responses are a list of
{"id", "response"}; those that are missing shrink the counts, as in the official script.

Examples:
  vernier probe amber responses.json --annotations AMBER/data
  vernier probe amber responses.json --annotations AMBER/data -f json
  vernier probe amber responses.json --annotations AMBER/data --evidence evidence.jsonl
  vernier probe amber responses.json --annotations AMBER/data -o new.jsonl
  vernier compare old.jsonl new.jsonl

-o writes the descriptions; their scores are those of the printout before it rounds.
Nouns are compared word for word, which gives the official printout without its word vectors.
)";

struct Options {
  AmberOptions amber;
  std::string evidence, output;
  OutputFormat format = OutputFormat::kTable;
};

int amber(const Options& options, const GlobalOptions& global) {
  refuse_output_over_input(options.evidence, {options.amber.responses}, "evidence");
  refuse_output_over_input(options.output, {options.amber.responses}, "run");
  const AmberStudy study = study_amber(options.amber, global);
  if (!options.output.empty()) write_amber_run(options.output, study);
  if (!options.evidence.empty()) write_file(options.evidence, amber_evidence(study));
  print(amber_text(study, options.format));
  return 0;
}

}  // namespace

void add_amber_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = probe.add_subcommand("amber", "AMBER: descriptions and yes-or-no questions");
  command->footer(kExamples);
  command->add_option("responses", options->amber.responses, "Responses; - is stdin")
      ->type_name("FILE")
      ->required();
  command->add_option("--annotations", options->amber.annotations, "AMBER's folder data")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("-o,--output", options->output,
                   "Write a run of the descriptions, for compare, gate and report")
      ->type_name("RUN");
  command
      ->add_option("--evidence", options->evidence,
                   "Write every mention with its place and verdict, a description a line")
      ->type_name("FILE");
  command
      ->add_flag("--replace-invalid", options->amber.replace_invalid,
                 "Replace invalid UTF-8 by U+FFFD")
      ->group("Input");
  add_language_options(*command, options->amber.language);
  add_threads_option(*command, options->amber.threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return amber(*options, global); };
  });
}

}  // namespace vernier

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "runners/probe/probes.h"
#include "runners/probe/relation/relation_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
What captions claim, as SPICE's scene graphs have it, against what is known of the images: objects,
attributes and relations that are supported, invented or unknown, and how much of the image is said.
A relation is invented because an object is missing, because the predicate is wrong, or because
subject and object are swapped.

Graphs: Visual Genome, GQA, Tri-HE, Isaac Sim Replicator (a file, or a folder of one a frame), or
records {"image_id", "objects", "relations"}. Where there are none, what references say serves.

Examples:
  vernier probe relations captions.jsonl --graphs scene_graphs.json
  vernier probe relations captions.jsonl --graphs Replicator/Captions --graph-kind pruned
  vernier probe relations long.jsonl -r references.jsonl --at-words 20,40,60 --evidence facts.jsonl

What is absent from a pruned or an annotated graph is unknown, not invented; what is absent from a
full one is invented where both objects are of one level.
)";

struct Options {
  RelationOptions relation;
  std::string evidence, output;
  OutputFormat format = OutputFormat::kTable;
};

int relations(const Options& options, const GlobalOptions& global) {
  if (options.relation.graphs.empty() == options.relation.references.empty()) {
    throw Error(ExitCode::kUsage, "expected --graphs or --references, one of them");
  }
  const std::vector<std::string> inputs = {options.relation.captions, options.relation.graphs,
                                           options.relation.references};
  refuse_output_over_input(options.evidence, inputs, "evidence");
  refuse_output_over_input(options.output, inputs, "run");
  const RelationStudy study = study_relations(options.relation, global);
  if (!options.evidence.empty()) write_file(options.evidence, relations_evidence(study));
  if (!options.output.empty()) write_relations_run(options.output, study);
  print(relations_text(study, options.format));
  return 0;
}

}  // namespace

void add_relations_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = probe.add_subcommand(
      "relations", "Relations, attributes and objects that captions claim, against scene graphs");
  command->footer(kExamples);
  command
      ->add_option("captions", options->relation.captions,
                   "Captions or paragraphs; - is stdin. Formats are told apart by content")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--graphs", options->relation.graphs,
                   "Scene graphs of the images: a file, or a folder of them")
      ->type_name("PATH");
  command
      ->add_option("-r,--references", options->relation.references,
                   "References in any format: what they say serves as graph")
      ->type_name("FILE");
  add_choice_option<GraphKind>(
      *command, "--graph-kind", options->relation.kind,
      {{"open", GraphKind::kOpen}, {"full", GraphKind::kFull}, {"pruned", GraphKind::kPruned}},
      "What it means that a relation is absent (default: as files say)")
      ->each([options](const std::string&) { options->relation.kind_given = true; });
  command
      ->add_option("--at-words", options->relation.lengths,
                   "Also of captions cut to so many words, at the end of a sentence")
      ->type_name("N,...")
      ->delimiter(',')
      ->check(CLI::Range(1, 100000));
  command
      ->add_option("-o,--output", options->output,
                   "Write a run, for compare, gate and report: rates and facts of each caption")
      ->type_name("RUN");
  command
      ->add_option("--evidence", options->evidence,
                   "Write every fact with its verdict, a caption a line")
      ->type_name("FILE");
  command->add_flag("--ignore-extra", options->relation.ignore_extra,
                    "Leave out and count captions of images without a graph");
  add_scene_options(*command, options->relation.scenes);
  add_language_options(*command, options->relation.language);
  add_caption_options(*command, options->relation.read);
  add_threads_option(*command, options->relation.threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return relations(*options, global); };
  });
}

}  // namespace vernier

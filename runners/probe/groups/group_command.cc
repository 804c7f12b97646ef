#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/groups/group_output.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Words for groups of people (woman, man; --words for others): are they right where the references agree,
how often are they avoided, and how does their ratio compare with that of the references?

Examples:
  vernier probe groups captions.jsonl -r captions_val2014.json
  vernier probe groups captions.jsonl -r references.jsonl -o groups.run.jsonl
  vernier compare old.run.jsonl new.run.jsonl --by meta.scene
  vernier probe groups captions.jsonl -r references.jsonl --words ages.tsv -f json

An image is of a group when more than half of its references name it and none names another one.
)";

struct Options {
  GroupOptions groups;
  std::string output;
  OutputFormat format = OutputFormat::kTable;
};

int groups(const Options& options) {
  refuse_output_over_input(
      options.output, {options.groups.captions, options.groups.references, options.groups.words},
      "run");
  const GroupStudy study = study_groups(options.groups);
  if (!options.output.empty()) write_groups_run(options.output, study);
  print(groups_text(study, options.format));
  return 0;
}

}  // namespace

void add_groups_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = probe.add_subcommand(
      "groups", "Words for women and men, or other groups, against the references");
  command->footer(kExamples);
  command
      ->add_option("captions", options->groups.captions,
                   "Captions; - is stdin. Formats are told apart by content")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("-r,--references", options->groups.references,
                   "References of the images, in any format")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--words", options->groups.words,
                   "Lines GROUP<TAB>WORD, WORD, ...; the last one is the neutral group")
      ->type_name("FILE");
  command
      ->add_option("-o,--output", options->output,
                   "Write a run, for compare, gate and report: the error and words of each caption")
      ->type_name("RUN");
  command->add_flag("--ignore-extra", options->groups.ignore_extra,
                    "Leave out and count captions of images without references");
  add_caption_options(*command, options->groups.read);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return groups(*options); }; });
}

}  // namespace vernier

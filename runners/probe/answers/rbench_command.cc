#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/answers/join_options.h"
#include "runners/probe/answers/yes_no/yes_no_job.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Relations: answers to yes/no questions of R-Bench (Wu et al. 2024), MMRel and their like, joined by id
or by image and text, with scores by any field of the questions. Official is POPE's parser for R-Bench's
image level and "contains" for its instance level.

Examples:
  vernier probe rbench answers.jsonl --questions image-level_filterd.json
  vernier probe rbench answers.jsonl --questions instance-level_filterd.json --level instance
  vernier probe rbench answers.jsonl --questions mmrel.jsonl --by relation_type --by domain -f json
  vernier probe rbench answers.jsonl --questions mmrel.jsonl -o new.run.jsonl
  vernier compare old.run.jsonl new.run.jsonl --by meta.relation_type
)";

}  // namespace

void add_rbench_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<YesNoOptions>();
  options->probe = "rbench";
  CLI::App* command =
      probe.add_subcommand("rbench", "Relations: answers to yes/no questions (R-Bench, MMRel)");
  command->footer(kExamples + parser_list());
  command->add_option("answers", options->answers, "Files of answers, one a question file")
      ->required();
  command->add_option("--questions", options->questions, "Question files with labels")
      ->type_name("FILE...")
      ->required();
  add_choice_option<std::string>(*command, "--level", options->official_parser,
                                 {{"image", "pope-official"}, {"instance", "contains"}},
                                 "image or instance: what the official script parses answers with");
  options->official_parser = "pope-official";
  command->add_option("--by", options->by, "Scores by a field of the questions (repeatable)")
      ->type_name("FIELD")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--ids", options->id_lists,
          "Lists of question ids: scores of each subset as R-Bench has them, and their mean")
      ->type_name("FILE...");
  add_run_option(*command, *options);
  add_parser_options(*command, *options);
  add_join_options(*command, options->join, options->fields, options->replace_invalid);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return run_yes_no_probe(*options); }; });
}

}  // namespace vernier

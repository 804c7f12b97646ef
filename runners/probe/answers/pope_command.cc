#include <CLI/CLI.hpp>
#include <memory>

#include "runners/probe/answers/join_options.h"
#include "runners/probe/answers/yes_no/yes_no_job.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Does the model see objects that are not there? Answers to POPE's questions (Li et al. 2023), joined to
their labels by id, never by row. Without all answers there is no score (exit code 3).

Examples:
  vernier probe pope answers.jsonl --questions coco_pope_random.json
  vernier probe pope answers.jsonl --questions coco_pope_random.json --all-parsers -f json
  vernier probe pope llava.jsonl --index llava_pope_test.jsonl \
      --questions coco_pope_random.json coco_pope_popular.json coco_pope_adversarial.json
  vernier probe pope official.json --questions coco_pope_popular.json --join order
  vernier probe pope new.jsonl --questions coco_pope_random.json -o new.run.jsonl
  vernier compare old.run.jsonl new.run.jsonl
)";

}  // namespace

void add_pope_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<YesNoOptions>();
  options->probe = "pope";
  options->official_parser = "pope-official";
  CLI::App* command = probe.add_subcommand("pope", "Objects: answers to yes/no questions (POPE)");
  command->footer(kExamples + parser_list());
  command
      ->add_option("answers", options->answers,
                   "Files of answers: one, or one for each question file")
      ->required();
  command->add_option("--questions", options->questions, "Question files with labels")
      ->type_name("FILE...")
      ->required();
  command->add_option("--index", options->index,
                      "What the ids of the answers stand for: llava_pope_test.jsonl and its like");
  command
      ->add_option("--category", options->categories,
                   "Category of the index that each question file is; else the one that fits")
      ->type_name("NAME...");
  command->add_option("--by", options->by, "Scores by a field of the questions (repeatable)")
      ->type_name("FIELD")
      ->allow_extra_args(false);
  add_run_option(*command, *options);
  add_parser_options(*command, *options);
  add_join_options(*command, options->join, options->fields, options->replace_invalid);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return run_yes_no_probe(*options); }; });
}

}  // namespace vernier

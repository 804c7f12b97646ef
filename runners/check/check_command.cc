#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "runners/check/check_output.h"
#include "runners/check/check_study.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Whether a text says more than the evidence: captions or passages, lists of objects, scene graphs.
Each sentence is supported, uncertain (more than the evidence, nothing against it) or unsupported (it
names what is not there, another number, or a relation the other way round). Exit code 0: supported,
1: not. No model and no network is asked, so it can stand behind a rail (docs/guardrails.md).

Examples:
  echo "A man rides a horse." | vernier check - --evidence evidence.txt
  vernier check answers.jsonl --evidence references.jsonl -f json
  vernier check answer.txt --evidence graph.json --max-unsupported 0.2 --strict

Evidence is a text, or records {"id", "references", "objects", "relations"} as vernier probe
relations reads them; records are joined by id, a single one without id is for all texts.
)";

struct Options {
  CheckOptions check;
  OutputFormat format = OutputFormat::kTable;
};

int check(const Options& options, const GlobalOptions& global) {
  const CheckStudy study = study_check(options.check, global);
  print(check_text(study, options.format));
  return static_cast<int>(study.passed ? ExitCode::kOk : ExitCode::kGateFailed);
}

}  // namespace

void add_check_command(const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      context.app.add_subcommand("check", "Is a text supported by evidence (exit code 0 or 1)");
  command->footer(kExamples);
  command->add_option("texts", options->check.texts, "A text, or records of texts; - is stdin")
      ->type_name("FILE");
  command
      ->add_option("--evidence", options->check.evidence,
                   "What is known: a text, references, objects, scene graphs")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--max-unsupported", options->check.max_unsupported,
                   "Share of a text's sentences that may fail")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_flag("--strict", options->check.strict, "What is uncertain fails too");
  add_scene_options(*command, options->check.scenes);
  add_language_options(*command, options->check.language);
  add_threads_option(*command, options->check.threads);
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return check(*options, global); };
  });
}

}  // namespace vernier

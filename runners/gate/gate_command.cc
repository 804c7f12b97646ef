#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/printable.h"
#include "results/seeds/pooled_run.h"
#include "runners/commands/commands.h"
#include "runners/gate/gate_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Exit codes: 0 every rule passed; 1 regression; 2 a rule or flag makes no sense; 3 not a run file;
5 inconclusive, or the runs cannot be compared.

Examples:
  vernier gate --init                                          writes gate.toml to start from
  vernier gate --baseline main.jsonl --candidate new.jsonl --policy gate.toml
  vernier gate --baseline main.jsonl.gz --candidate new.jsonl --junit gate.xml --markdown gate.md
  vernier gate --baseline main.jsonl.gz --candidate new.jsonl --html gate.html
  vernier gate --baseline main.jsonl.gz --candidate new.jsonl --aa 200   can it be trusted?
)";

struct GateOptions {
  std::string baseline, candidate, policy = "gate.toml";
  std::string junit, markdown, json, html;
  bool init = false, annotations = false;
  std::size_t aa_trials = 0;  ///< check the gate instead of the candidate
  int threads = 0;
  OutputFormat format = OutputFormat::kTable;
};

int write_example(const GateOptions& options, const GlobalOptions& global) {
  if (std::filesystem::exists(options.policy)) {
    throw Error(ExitCode::kOutput, fmt::format("{}: exists already; --policy names another file",
                                               printable(options.policy)));
  }
  write_file(options.policy, example_policy());
  remark(global, fmt::format("wrote {}", printable(options.policy)));
  return 0;
}

void write_if_wanted(const std::string& path, const std::string& text) {
  if (!path.empty()) write_file(path, text);
}

/// What was read and what came of it.
struct Judged {
  GatePolicy policy;
  std::vector<Run> runs;  // baseline and candidate, where both could be read
  GateReport report;
};

// What went wrong before any rule could be judged is a report as well: the files that CI reads must
// say so, and not be missing or, worse, the ones of the last time.
Judged judge_files(const GateOptions& options) {
  Judged out;
  out.report.baseline = printable(options.baseline, 300);
  out.report.candidate = printable(options.candidate, 300);
  out.report.policy = printable(options.policy, 300);
  try {
    out.policy = read_policy(options.policy);
    std::vector<Run> runs;
    for (const std::string& path : {options.baseline, options.candidate}) {
      runs.push_back(read_seeds(path));
    }
    out.runs = std::move(runs);
    out.report = judge(out.runs[0], out.runs[1], out.policy, thread_count(options.threads));
  } catch (const Error& error) {
    out.report.failure = error.what();
    out.report.failure_code = error.code();
  }
  return out;
}

int check_gate(const GateOptions& options) {
  const AaCheck check =
      aa_check(read_seeds(options.baseline), read_seeds(options.candidate),
               read_policy(options.policy), options.aa_trials, thread_count(options.threads));
  print(options.format == OutputFormat::kJson
            ? aa_json(check)
            : aa_table(check, options.format == OutputFormat::kMarkdown));
  return static_cast<int>(check.passed() ? ExitCode::kOk : ExitCode::kIncomplete);
}

int gate(const GateOptions& options, const GlobalOptions& global) {
  if (options.init) return write_example(options, global);
  if (options.baseline.empty() || options.candidate.empty()) {
    throw Error(ExitCode::kUsage, "gate needs --baseline RUN and --candidate RUN");
  }
  if (options.aa_trials > 0) return check_gate(options);
  for (const std::string& file : {options.junit, options.markdown, options.json, options.html}) {
    refuse_output_over_input(file, {options.baseline, options.candidate, options.policy},
                             "gate's file");
  }
  const Judged judged = judge_files(options);
  const GateReport& report = judged.report;
  if (options.format == OutputFormat::kJson) {
    print(gate_json(report));
  } else if (options.format == OutputFormat::kMarkdown) {
    print(gate_markdown(report));
  } else {
    print(gate_table(report));
  }
  if (options.annotations) print(gate_annotations(report));
  write_if_wanted(options.junit, gate_junit(report));
  write_if_wanted(options.markdown, gate_markdown(report));
  write_if_wanted(options.json, gate_json(report));
  if (!options.html.empty()) {
    write_file(options.html,
               gate_html(report, judged.runs, judged.policy, thread_count(options.threads)));
  }
  if (!report.failure.empty()) throw Error(report.failure_code, report.failure);
  return static_cast<int>(report.exit_code());
}

}  // namespace

void add_gate_command(const CommandContext& context) {
  auto options = std::make_shared<GateOptions>();
  CLI::App* command = context.app.add_subcommand(
      "gate", "Is the candidate worse than a policy allows? The exit code says so");
  command->footer(kExamples);
  command->add_option("--baseline", options->baseline, "Run to compare with")->type_name("RUN");
  command->add_option("--candidate", options->candidate, "Run to judge")->type_name("RUN");
  command->add_option("--policy", options->policy, "What is allowed (docs/gate.md)")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_flag("--init", options->init, "Write a commented policy to the --policy file");
  command
      ->add_option("--aa", options->aa_trials,
                   "A/A check instead: how often does the policy announce a regression when the "
                   "runs swap sides by chance?")
      ->type_name("TRIALS")
      ->check(CLI::Range(std::size_t{20}, std::size_t{100'000}).description(""));
  command->add_option("--junit", options->junit, "Write JUnit XML")->type_name("FILE");
  command->add_option("--markdown", options->markdown, "Write a Markdown summary")
      ->type_name("FILE");
  command->add_option("--html", options->html, "Write a report of both runs (docs/report.md)")
      ->type_name("FILE");
  command->add_option("--json-file", options->json, "Write the JSON report")->type_name("FILE");
  command->add_flag("--annotations", options->annotations,
                    "Print GitHub workflow annotations behind the report");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  add_threads_option(*command, options->threads);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return gate(*options, global); };
  });
}

}  // namespace vernier

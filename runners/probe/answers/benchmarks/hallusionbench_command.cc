#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "base/json_text.h"
#include "judges/probes/answers/benchmarks/hallusion.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/answers/yes_no/yes_no_job.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
HallusionBench (Guan et al. 2024). Whether an answer is right says a judge's field (1 correct, 0
incorrect, 2 unclear), or else the parser strict, read against gt_answer.

Examples:
  vernier probe hallusionbench answers.json --questions HallusionBench.json
  vernier probe hallusionbench judged.json --judge-field gpt4_check -f json
)";

struct Options {
  std::string answers, questions;
  probes::HallusionOptions reading;
  OutputFormat format = OutputFormat::kTable;
};

std::string signature(const probes::HallusionFile& file) {
  return fmt::format("hallusionbench|verdict:{}|questions:{:016x}|n:{}|coverage:{:.6g}|v:1",
                     file.judged ? "judge" : "strict", file.digest, file.rows.size(),
                     file.join.coverage());
}

std::string json_text(const probes::HallusionFile& file, const probes::HallusionScores& scores) {
  std::string out = "{\"schema\":\"vernier.probe.hallusionbench/1\"";
  append_json_member(out, "signature", signature(file));
  append_json_key(out, "counts");
  out += '{';
  append_json_count(out, "questions", scores.questions.whole);
  append_json_count(out, "unclear", scores.unclear);
  append_json_count(out, "predicted_yes", scores.predicted_yes);
  append_json_count(out, "true_yes", scores.true_yes);
  out += '}';
  append_json_key(out, "scores");
  out += '{';
  append_json_member(out, "aAcc", scores.questions.percent());
  append_json_member(out, "qAcc", scores.question_sets.percent());
  append_json_member(out, "fAcc", scores.figures.percent());
  append_json_member(
      out, "mean_of_three",
      (scores.questions.percent() + scores.question_sets.percent() + scores.figures.percent()) / 3);
  append_json_member(out, "easy_aAcc", scores.easy.percent());
  append_json_member(out, "hard_aAcc", scores.hard.percent());
  append_json_member(out, "yes_difference", scores.yes_difference());
  append_json_member(out, "false_positive_ratio", scores.false_positive.ratio());
  out += '}';
  append_json_key(out, "metrics");
  out += '{';
  append_share(out, "aAcc", scores.questions);
  append_share(out, "qAcc", scores.question_sets);
  append_share(out, "fAcc", scores.figures);
  append_share(out, "easy_aAcc", scores.easy);
  append_share(out, "hard_aAcc", scores.hard);
  append_share(out, "false_positive_ratio", scores.false_positive);
  out += '}';
  append_json_key(out, "subcategories");
  out += '{';
  for (const auto& [name, share] : scores.by_subcategory) append_share(out, name, share);
  out += '}';
  std::vector<probes::UndefinedRate> undefined;
  if (scores.figures.whole == 0) undefined.push_back({"fAcc", "no figure"});
  if (scores.easy.whole == 0) undefined.push_back({"easy_aAcc", "no original figure"});
  if (scores.hard.whole == 0) undefined.push_back({"hard_aAcc", "no edited figure"});
  if (scores.false_positive.whole == 0) {
    undefined.push_back({"false_positive_ratio", "no answer is wrong"});
  }
  append_undefined(out, undefined);
  append_join(out, file.join);
  return out + "}\n";
}

std::string page_text(const probes::HallusionFile& file, const probes::HallusionScores& scores,
                      OutputFormat format) {
  TextRows rows = {{"measure", "right", "of", "%"}};
  const auto add = [&](const std::string& name, const probes::Share& share) {
    rows.push_back({name, std::to_string(share.part), std::to_string(share.whole),
                    percent_text(share.ratio())});
  };
  add("aAcc: questions", scores.questions);
  add("qAcc: questions on all their figures", scores.question_sets);
  add("fAcc: figures with all their questions", scores.figures);
  add("questions on original figures (easy)", scores.easy);
  add("questions on edited figures (hard)", scores.hard);
  for (const auto& [name, share] : scores.by_subcategory) add(name, share);
  ProbePage page;
  page.table("", std::move(rows), "lrrr");
  page.line(
      fmt::format("yes difference {:+.4f} (ideal 0), false positives {} % of the wrong "
                  "answers (ideal 50)",
                  scores.yes_difference(), percent_text(scores.false_positive.ratio())));
  page.line(fmt::format("{} answers are unclear; verdicts by {}", scores.unclear,
                        file.judged ? "the judge's field" : "the parser strict"));
  if (file.join.matched < file.join.questions) {
    page.line(fmt::format("{} of {} questions have no answer",
                          file.join.missing + file.join.conflicting, file.join.questions));
  }
  page.line(signature(file));
  return page.text(format);
}

int hallusionbench(const Options& options) {
  const ObjectFile answers = ObjectFile::read(options.answers);
  std::optional<ObjectFile> questions;
  if (!options.questions.empty()) questions = ObjectFile::read(options.questions);
  const probes::HallusionFile file =
      probes::read_hallusion(answers, questions ? &*questions : nullptr, options.reading);
  const probes::HallusionScores scores = probes::hallusion_scores(file);
  print(options.format == OutputFormat::kJson ? json_text(file, scores)
                                              : page_text(file, scores, options.format));
  return 0;
}

}  // namespace

void add_hallusionbench_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = probe.add_subcommand(
      "hallusionbench", "Figures and their edited versions: consistency of yes/no answers");
  command->footer(kExamples);
  command->add_option("answers", options->answers, "The answers")->required();
  command->add_option("--questions", options->questions,
                      "HallusionBench.json; without it the answers hold gt_answer");
  command->add_option("--judge-field", options->reading.judge_field,
                      "The field with a judge's verdict");
  command->add_option("--answer-field", options->reading.answer_field,
                      "The field with the answer, for the parser strict");
  command->add_flag("--allow-missing", options->reading.join.allow_missing,
                    "Score what is answered, and count what is not");
  command->add_flag("--ignore-extra", options->reading.join.ignore_extra,
                    "Count answers to no question instead of refusing them");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return hallusionbench(*options); }; });
}

}  // namespace vernier

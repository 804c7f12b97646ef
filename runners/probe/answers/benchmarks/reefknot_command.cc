#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/json_text.h"
#include "judges/probes/answers/benchmarks/reefknot.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/answers/yes_no/yes_no_job.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Relations between objects (Reefknot, Zheng et al. 2024): files of rows with `response` filled in, of one
or more of the types Yes/No, Multichoice, VQA. The hallucination rate is 1 - accuracy.

Examples:
  vernier probe reefknot YESNO.jsonl Multichoice.jsonl VQA.jsonl
  vernier probe reefknot answers.jsonl --questions YESNO.jsonl -f json
  vernier probe reefknot --statistics YESNO.jsonl
)";

struct Options {
  std::vector<std::string> answers, questions;
  std::string parser = "strict";
  probes::JoinOptions join;
  bool statistics = false;
  OutputFormat format = OutputFormat::kTable;
};

struct Result {
  std::vector<probes::ReefknotGroup> groups;
  probes::JoinReport join;
  std::string signature;
};

std::vector<probes::ReefknotRow> read_all(const std::vector<std::string>& paths) {
  std::vector<probes::ReefknotRow> rows;
  for (const std::string& path : paths) {
    for (probes::ReefknotRow& row : probes::read_reefknot(ObjectFile::read(path))) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

/// Mean accuracy over the tasks that are there, each with equal weight.
double mean_accuracy(const std::vector<probes::ReefknotGroup>& groups) {
  double sum = 0, tasks = 0;
  for (const probes::ReefknotGroup& group : groups) {
    if (group.relation != "all") continue;
    sum += group.right.percent();
    ++tasks;
  }
  return sum / tasks;
}

std::string json_text(const Result& result, bool statistics) {
  std::string out = "{\"schema\":\"vernier.probe.reefknot/1\"";
  append_json_member(out, "signature", result.signature);
  if (!statistics) {
    append_json_key(out, "scores");
    out += '{';
    append_json_member(out, "mean_accuracy_over_tasks", mean_accuracy(result.groups));
    for (const probes::ReefknotGroup& group : result.groups) {
      append_json_member(
          out,
          fmt::format("{}/{}/hallucination_rate", probes::task_name(group.task), group.relation),
          1 - group.right.ratio());
    }
    out += '}';
    append_join(out, result.join);
  }
  append_json_key(out, "groups");
  out += '[';
  for (const probes::ReefknotGroup& group : result.groups) {
    out += out.ends_with('[') ? "\n{" : ",\n{";
    append_json_member(out, "task", probes::task_name(group.task));
    append_json_member(out, "relation_type", group.relation);
    append_json_count(out, "n", group.right.whole);
    if (group.task == probes::ReefknotTask::kYesNo) {
      append_json_count(out, "yes", group.yes);
      append_json_count(out, "no", group.no);
    }
    if (!statistics) {
      append_share(out, "accuracy", group.right);
      append_json_count(out, "unparsed", group.unparsed);
      if (group.task == probes::ReefknotTask::kYesNo) {
        probes::YesNoScores scores;
        scores.counts = group.confusion;
        scores.rates = probes::rates(group.confusion, scores.policy);
        append_yes_no(out, scores, group.unparsed);
      }
    }
    out += '}';
  }
  return out + "]}\n";
}

std::string page_text(const Result& result, const Options& options) {
  TextRows rows = {{"task", "relation", "n", "yes", "no"}};
  std::string sides = "llrrr";
  if (!options.statistics) {
    rows[0].insert(rows[0].end(), {"right", "unparsed", "hallucination %"});
    sides += "rrr";
  }
  for (const probes::ReefknotGroup& group : result.groups) {
    const bool yes_no = group.task == probes::ReefknotTask::kYesNo;
    rows.push_back({probes::task_name(group.task), group.relation,
                    std::to_string(group.right.whole),
                    yes_no ? std::to_string(group.yes) : std::string(),
                    yes_no ? std::to_string(group.no) : std::string()});
    if (options.statistics) continue;
    rows.back().insert(rows.back().end(),
                       {std::to_string(group.right.part), std::to_string(group.unparsed),
                        percent_text(1 - group.right.ratio())});
  }
  ProbePage page;
  page.table("", std::move(rows), sides);
  if (!options.statistics) {
    page.line(fmt::format("mean accuracy over tasks {:.2f}", mean_accuracy(result.groups)));
    for (const probes::ReefknotGroup& group : result.groups) {
      const std::string_view bias = probes::yes_bias(group.confusion);
      if (group.relation == "all" && !bias.empty()) page.line(std::string(bias));
    }
    if (result.join.missing > 0) {
      page.line(fmt::format("{} questions have no answer", result.join.missing));
    }
    if (result.join.repeated_questions > 0) {
      page.line(fmt::format("{} questions are asked again; the nth answer is to the nth",
                            result.join.repeated_questions));
    }
  }
  page.line(result.signature);
  return page.text(options.format);
}

int reefknot(const Options& options) {
  const probes::YesNoParser& parser = probes::yes_no_parser(options.parser);
  const auto answers = read_all(options.answers);
  Result result;
  if (options.statistics) {
    result.groups = probes::reefknot_groups(answers, parser);
    result.signature = fmt::format("reefknot|statistics|n:{}|v:1", answers.size());
  } else {
    const bool apart = !options.questions.empty();
    const auto questions = apart ? read_all(options.questions) : answers;
    const probes::ReefknotJoin joined = probes::join_reefknot(
        questions, answers, options.join,
        apart ? options.questions.front() : options.answers.front(), options.answers.front());
    result.groups = probes::reefknot_groups(joined.rows, parser);
    result.join = joined.report;
    result.signature = fmt::format(
        "reefknot|parser:{}|choice:option-letter|vqa:equal-words|join:text|n:{}|coverage:{:.6g}|v:"
        "1",
        parser.name, joined.report.matched, joined.report.coverage());
  }
  print(options.format == OutputFormat::kJson ? json_text(result, options.statistics)
                                              : page_text(result, options));
  return 0;
}

}  // namespace

void add_reefknot_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      probe.add_subcommand("reefknot", "Relations: yes/no, choice and open questions (Reefknot)");
  command->footer(kExamples + parser_list());
  command->add_option("answers", options->answers, "Files with responses")->required();
  command
      ->add_option("--questions", options->questions,
                   "The question files; without them the answers hold all fields")
      ->type_name("FILE...");
  command->add_option("--parser", options->parser, "Parser of yes/no answers")->type_name("NAME");
  command->add_flag("--statistics", options->statistics, "Count questions; score nothing");
  command->add_flag("--allow-missing", options->join.allow_missing,
                    "Score what is answered, and count what is not");
  command->add_flag("--ignore-extra", options->join.ignore_extra,
                    "Count answers to no question instead of refusing them");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback(
      [options, context] { context.action = [options] { return reefknot(*options); }; });
}

}  // namespace vernier

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "base/json_text.h"
#include "base/printable.h"
#include "judges/probes/answers/benchmarks/mme.h"
#include "runners/output/number_text.h"
#include "runners/probe/answers/mme_run.h"
#include "runners/probe/answers/output/page.h"
#include "runners/probe/answers/output/yes_no_json.h"
#include "runners/probe/answers/yes_no/yes_no_job.h"
#include "runners/probe/probes.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
MME (Fu et al. 2023): a folder of SUBTASK.txt, each line image, question, Yes or No, answer, separated
by tabs. A subtask's score is 100 (acc + acc+), acc+ being the images with both answers right.

Examples:
  vernier probe mme results/my_model
  vernier probe mme results/my_model --parser strict -f json
  vernier probe mme results/new_model -o new.run.jsonl
  vernier compare old.run.jsonl new.run.jsonl --by meta.subtask
)";

struct MmeOptions {
  std::string folder, parser, output;
  bool strict = false, all_parsers = false;
  OutputFormat format = OutputFormat::kTable;

  std::string chosen() const {
    return !parser.empty() ? parser : strict ? std::string("strict") : std::string("first4");
  }
};

std::string signature(const MmeOptions& options, const probes::MmeFolder& folder) {
  std::uint64_t questions = 0;
  for (const probes::MmeFile& file : folder.files) questions += file.rows.size();
  return fmt::format("mme|mode:{}|parser:{}|unclear:wrong|questions:{:016x}|n:{}|subtasks:{}|v:1",
                     !options.parser.empty() ? "parser"
                     : options.strict        ? "strict"
                                             : "official",
                     options.chosen(), folder.digest, questions, folder.files.size());
}

void append_scores(std::string& out, const probes::MmeFolder& folder,
                   const probes::MmeScores& scores) {
  append_json_key(out, "scores");
  out += '{';
  append_json_member(out, "perception", scores.perception);
  append_json_member(out, "cognition", scores.cognition);
  for (const probes::MmeScore& one : scores.subtasks) {
    append_json_member(out, one.subtask->name, one.score());
  }
  out += '}';
  std::vector<probes::UndefinedRate> undefined;
  std::string names;
  for (const std::string& name : folder.missing) names += (names.empty() ? "" : ", ") + name;
  const std::string reason = "no file of " + names;
  if (std::isnan(scores.perception)) undefined.push_back({"perception", reason});
  if (std::isnan(scores.cognition)) undefined.push_back({"cognition", reason});
  append_undefined(out, undefined);
  append_json_key(out, "subtasks");
  out += '{';
  for (const probes::MmeScore& one : scores.subtasks) {
    append_json_key(out, one.subtask->name);
    out += '{';
    append_json_count(out, "n_questions", one.questions.whole);
    append_json_count(out, "n_expected", one.subtask->questions);
    append_json_count(out, "n_unparsed", one.unparsed);
    append_json_count(out, "n_correct", one.questions.part);
    append_json_count(out, "n_images", one.images.whole);
    append_json_count(out, "n_images_correct", one.images.part);
    append_json_member(out, "acc", one.questions.percent());
    append_json_member(out, "acc_plus", one.images.percent());
    append_json_member(out, "score", one.score());
    out += '}';
  }
  out += '}';
}

std::string json_text(const MmeOptions& options, const probes::MmeFolder& folder) {
  std::string out = "{\"schema\":\"vernier.probe.mme/1\"";
  append_json_member(out, "parser", options.chosen());
  append_json_member(out, "signature", signature(options, folder));
  append_scores(out, folder, score_mme(folder, probes::yes_no_parser(options.chosen())));
  append_json_key(out, "strict");
  out += '{';
  append_scores(out, folder, score_mme(folder, probes::yes_no_parser("strict")));
  out += '}';
  if (options.all_parsers) {
    append_json_key(out, "parsers");
    out += '{';
    for (const probes::YesNoParser& parser : probes::yes_no_parsers()) {
      append_json_key(out, parser.name);
      out += '{';
      append_scores(out, folder, score_mme(folder, parser));
      out += '}';
    }
    out += '}';
  }
  append_json_key(out, "missing");
  append_json_strings(out, folder.missing);
  append_json_key(out, "ignored");
  append_json_strings(out, folder.ignored);
  return out + "}\n";
}

std::string page_text(const MmeOptions& options, const probes::MmeFolder& folder) {
  const probes::MmeScores scores = score_mme(folder, probes::yes_no_parser(options.chosen()));
  TextRows rows = {{"subtask", "questions", "unparsed", "acc", "acc+", "score"}};
  for (const probes::MmeScore& one : scores.subtasks) {
    rows.push_back({std::string(one.subtask->name), std::to_string(one.questions.whole),
                    std::to_string(one.unparsed), number_text(one.questions.percent()),
                    number_text(one.images.percent()), number_text(one.score())});
  }
  rows.push_back({"perception", "", "", "", "", number_text(scores.perception)});
  rows.push_back({"cognition", "", "", "", "", number_text(scores.cognition)});
  ProbePage page;
  page.table("", std::move(rows), "lrrrrr");
  if (options.all_parsers) {
    rows = {{"all parsers", "perception", "cognition"}};
    for (const probes::YesNoParser& parser : probes::yes_no_parsers()) {
      const probes::MmeScores other = score_mme(folder, parser);
      rows.push_back(
          {std::string(parser.name), number_text(other.perception), number_text(other.cognition)});
    }
    page.table("", std::move(rows), "lrr");
  }
  for (const std::string& name : folder.missing) {
    page.line(fmt::format("no file of {}: its total is undefined", name));
  }
  for (const probes::MmeScore& one : scores.subtasks) {
    if (one.questions.whole != one.subtask->questions) {
      page.line(fmt::format("{} has {} questions; the benchmark has {}", one.subtask->name,
                            one.questions.whole, one.subtask->questions));
    }
  }
  for (const std::string& name : folder.ignored) {
    page.line(fmt::format("{} is no subtask and was not read", printable(name, 60)));
  }
  page.line(signature(options, folder));
  return page.text(options.format);
}

}  // namespace

void add_mme_probe(CLI::App& probe, const CommandContext& context) {
  auto options = std::make_shared<MmeOptions>();
  CLI::App* command = probe.add_subcommand("mme", "Perception and cognition: MME's 14 subtasks");
  command->footer(kExamples + parser_list());
  command->add_option("folder", options->folder, "The folder of answer files")->required();
  command
      ->add_option("-o,--output", options->output,
                   "Write a run of the answers, for compare, gate and report")
      ->type_name("RUN");
  add_choice_option(*command, "--mode", options->strict, {{"official", false}, {"strict", true}},
                    "official (the parser first4) or strict");
  command->add_option("--parser", options->parser, "One of the parsers below")->type_name("NAME");
  command->add_flag("--all-parsers", options->all_parsers, "The totals under every parser");
  add_format_option(*command, options->format,
                    {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kMarkdown});
  command->callback([options, context] {
    context.action = [options] {
      // An unknown name is known before the files are read.
      const probes::YesNoParser& parser = probes::yes_no_parser(options->chosen());
      const probes::MmeFolder folder = probes::read_mme(options->folder);
      if (!options->output.empty()) {
        write_mme_run(options->output, folder, parser, signature(*options, folder));
      }
      print(options->format == OutputFormat::kJson ? json_text(*options, folder)
                                                   : page_text(*options, folder));
      return 0;
    };
  });
}

}  // namespace vernier

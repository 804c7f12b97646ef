#include "runners/probe/answers/yes_no/yes_no_job.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "runners/probe/answers/yes_no/yes_no_run.h"

namespace vernier {
namespace {

void refuse_usage(const std::string& message) { throw Error(ExitCode::kUsage, message); }

void check(const YesNoOptions& options) {
  const std::size_t files = options.questions.size();
  if (!options.index.empty()) {
    if (options.answers.size() != 1) refuse_usage("--index needs one file of answers");
    if (!options.categories.empty() && options.categories.size() != files) {
      refuse_usage(fmt::format("--category: expected one for each of {} question files, found {}",
                               files, options.categories.size()));
    }
    if (options.join.by) refuse_usage("--index joins by id and text; leave --join out");
  } else {
    if (!options.categories.empty()) refuse_usage("--category needs --index");
    if (options.answers.size() != files) {
      refuse_usage(
          fmt::format("expected a file of answers for each of {} question files, found "
                      "{}; answers to several question files in one file need --index",
                      files, options.answers.size()));
    }
  }
  if (!options.id_lists.empty() && files != 1) refuse_usage("--ids needs one question file");
  if (options.strict && !options.parser.empty()) {
    refuse_usage("--mode strict and --parser exclude each other");
  }
}

void refuse_unclear(const YesNoPart& part, const probes::YesNoParser& parser) {
  for (const probes::YesNoAnswer& answer : part.answers) {
    if (parser.read(answer.answer) != probes::Verdict::kUnclear) continue;
    const probes::JoinItem& item = part.questions.items[answer.question];
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: the answer to {} is neither yes nor no under the parser {}: '{}'; "
                            "--unclear wrong or excluded goes on",
                            part.answer_file->name, printable(item.id, 40), parser.name,
                            printable(answer.answer, 80)));
  }
}

}  // namespace

std::string parser_list() {
  std::string out = "\nParsers:\n";
  for (const probes::YesNoParser& parser : probes::yes_no_parsers()) {
    out += fmt::format("  {:<20}{}\n", parser.name, parser.description);
  }
  return out;
}

void add_parser_options(CLI::App& command, YesNoOptions& options) {
  add_choice_option(command, "--mode", options.strict, {{"official", false}, {"strict", true}},
                    "official (as the benchmark's script reads answers) or strict");
  command.add_option("--parser", options.parser, "One of the parsers below")->type_name("NAME");
  command.add_flag("--all-parsers", options.all_parsers, "The scores under every parser");
  add_choice_option(command, "--unclear", options.unclear,
                    {{"wrong", UnclearHandling::kWrong},
                     {"excluded", UnclearHandling::kExcluded},
                     {"error", UnclearHandling::kError}},
                    "What an answer that the parser cannot read is: wrong, excluded or an error");
}

void add_run_option(CLI::App& command, YesNoOptions& options) {
  command
      .add_option("-o,--output", options.output,
                  "Write a run of the answers, for compare, gate and report")
      ->type_name("RUN");
}

int run_yes_no_probe(const YesNoOptions& options) {
  std::vector<std::string> inputs = options.answers;
  inputs.insert(inputs.end(), options.questions.begin(), options.questions.end());
  inputs.insert(inputs.end(), options.id_lists.begin(), options.id_lists.end());
  if (!options.index.empty()) inputs.push_back(options.index);
  refuse_output_over_input(options.output, inputs, "run");
  const YesNoJob job = read_job(options);
  if (!options.output.empty()) write_yes_no_run(options.output, job, options);
  print(job_text(job, options));
  return 0;
}

YesNoJob read_job(const YesNoOptions& options) {
  check(options);
  YesNoJob job;
  job.official = &probes::yes_no_parser(options.official_parser);
  job.mode = !options.parser.empty() ? "parser" : options.strict ? "strict" : "official";
  job.parser = !options.parser.empty() ? &probes::yes_no_parser(options.parser)
               : options.strict        ? &probes::yes_no_parser("strict")
                                       : job.official;
  job.policy = options.unclear == UnclearHandling::kExcluded ? probes::UnclearPolicy::kExcluded
                                                             : probes::UnclearPolicy::kWrong;
  probes::IndexFile index;
  if (!options.index.empty()) index = probes::read_index(options.index);
  ObjectFileOptions reading;
  reading.replace_invalid = options.replace_invalid;
  probes::ImageNumbers images;
  std::shared_ptr<const probes::AnswerFile> answers;
  for (std::size_t n = 0; n < options.questions.size(); ++n) {
    if (n < options.answers.size()) {
      answers = std::make_shared<const probes::AnswerFile>(
          probes::read_answers(options.answers[n], options.fields, reading));
    }
    YesNoPart part;
    part.answer_file = answers;
    part.questions = probes::read_questions(options.questions[n]);
    probes::Joined joined;
    if (options.index.empty()) {
      joined = probes::join(part.questions.items, answers->items, options.join, part.questions.name,
                            answers->name);
    } else {
      const std::string category = n < options.categories.size() ? options.categories[n] : "";
      probes::IndexedJoin through = probes::join_through(index, category, part.questions, *answers);
      joined = std::move(through.joined);
      part.category = through.category;
    }
    probes::require_coverage(joined.report, options.join, part.questions.name, answers->name);
    part.join = joined.report;
    part.answers = probes::joined_answers(part.questions, *answers, joined, images);
    if (options.unclear == UnclearHandling::kError) refuse_unclear(part, *job.parser);
    job.pooled.insert(job.pooled.end(), part.answers.begin(), part.answers.end());
    job.parts.push_back(std::move(part));
  }
  for (const std::string& path : options.id_lists) {
    job.id_lists.push_back(probes::score_ids(printable(path, 200), probes::read_ids(path),
                                             job.parts[0].questions, job.parts[0].answers,
                                             *job.parser));
  }
  return job;
}

std::string YesNoJob::signature(const YesNoOptions& options) const {
  std::uint64_t questions = 0, matched = 0;
  std::string digests;
  for (const YesNoPart& part : parts) {
    questions += part.join.questions;
    matched += part.join.matched;
    digests += fmt::format("{}{:016x}", digests.empty() ? "" : ",", part.questions.digest);
  }
  return fmt::format(
      "{}|mode:{}|parser:{}|unclear:{}|questions:{}|join:{}|aggregate:{}|n:{}|coverage:{:.6g}|v:1",
      options.probe, mode, parser->name,
      policy == probes::UnclearPolicy::kWrong ? "wrong" : "excluded", digests,
      options.index.empty() ? probes::join_name(parts[0].join.by) : "index",
      parts.size() == 1 ? "single" : "pooled", matched,
      static_cast<double>(matched) / static_cast<double>(questions));
}

}  // namespace vernier

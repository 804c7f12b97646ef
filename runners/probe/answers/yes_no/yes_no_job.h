// Answers to yes/no questions: from the files to scores. POPE, R-Bench and their like share it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "judges/probes/answers/input/index_file.h"
#include "judges/probes/answers/score/id_lists.h"
#include "judges/probes/answers/score/yes_no_scores.h"
#include "runners/commands/commands.h"

namespace vernier {

enum class UnclearHandling { kWrong, kExcluded, kError };

struct YesNoOptions {
  std::string probe;            ///< "pope"
  std::string official_parser;  ///< what the benchmark's own script does
  std::vector<std::string> answers, questions, categories, by;
  std::vector<std::string> id_lists;  ///< R-Bench's subsets
  std::string index, parser;
  std::string output;   ///< of a run; empty: none
  bool strict = false;  ///< --mode strict
  bool all_parsers = false, replace_invalid = false;
  UnclearHandling unclear = UnclearHandling::kWrong;
  probes::JoinOptions join;
  probes::AnswerFields fields;
  OutputFormat format = OutputFormat::kTable;
};

/// Adds --mode, --parser, --all-parsers, --unclear.
void add_parser_options(CLI::App& command, YesNoOptions& options);
/// A list of the parsers, for --help.
std::string parser_list();

/// One question file with its answers.
struct YesNoPart {
  std::shared_ptr<const probes::AnswerFile> answer_file;
  probes::QuestionFile questions;
  std::string category;  ///< of the index
  probes::JoinReport join;
  std::vector<probes::YesNoAnswer> answers;
};

struct YesNoJob {
  std::vector<YesNoPart> parts;
  std::vector<probes::YesNoAnswer> pooled;  ///< of all parts; `question` means nothing here
  const probes::YesNoParser* parser = nullptr;
  const probes::YesNoParser* official = nullptr;
  probes::UnclearPolicy policy = probes::UnclearPolicy::kWrong;
  std::string mode;  ///< official, strict or parser
  std::vector<probes::IdListScores> id_lists;

  std::string signature(const YesNoOptions& options) const;
};

/// Adds -o.
void add_run_option(CLI::App& command, YesNoOptions& options);
/// Reads and joins; throws Error where coverage is not what the options allow.
YesNoJob read_job(const YesNoOptions& options);

/// All of a probe of yes/no answers: reads, writes the run where one is wanted, prints.
int run_yes_no_probe(const YesNoOptions& options);

/// The page, or the JSON of schema vernier.probe.NAME/1.
std::string job_text(const YesNoJob& job, const YesNoOptions& options);

}  // namespace vernier

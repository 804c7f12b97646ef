#include "runners/probe/answers/join_options.h"

#include <CLI/CLI.hpp>
#include <optional>

#include "runners/commands/commands.h"

namespace vernier {

void add_coverage_options(CLI::App& command, probes::JoinOptions& join,
                          probes::AnswerFields& fields, bool& replace_invalid) {
  command.add_flag("--allow-missing", join.allow_missing,
                   "Score what is answered, and count what is not");
  command.add_flag("--ignore-extra", join.ignore_extra,
                   "Count answers to no question instead of refusing them");
  command.add_option("--answer-field", fields.answer, "The field that holds the answer");
  command.add_flag("--replace-invalid", replace_invalid,
                   "Replace invalid UTF-8 by U+FFFD in answers");
}

void add_join_options(CLI::App& command, probes::JoinOptions& join, probes::AnswerFields& fields,
                      bool& replace_invalid) {
  add_coverage_options(command, join, fields, replace_invalid);
  add_choice_option<std::optional<probes::JoinBy>>(
      command, "--join", join.by,
      {{"auto", std::nullopt},
       {"id", probes::JoinBy::kId},
       {"text", probes::JoinBy::kText},
       {"order", probes::JoinBy::kOrder}},
      "auto, id, text (image and question) or order (rows, where all texts agree)");
  command.add_option("--question-field", fields.question,
                     "The field of the answers that holds the question");
}

}  // namespace vernier

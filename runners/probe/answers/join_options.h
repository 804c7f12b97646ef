// Options of every probe that joins a file of answers to one of questions.
#pragma once

#include "judges/probes/answers/input/question_file.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

/// Adds --allow-missing, --ignore-extra, --answer-field and --replace-invalid.
void add_coverage_options(CLI::App& command, probes::JoinOptions& join,
                          probes::AnswerFields& fields, bool& replace_invalid);

/// These, --join and --question-field: where answers may hold their questions.
void add_join_options(CLI::App& command, probes::JoinOptions& join, probes::AnswerFields& fields,
                      bool& replace_invalid);

}  // namespace vernier

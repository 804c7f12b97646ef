// Yes/no answers as a run: one sample a question.
#pragma once

#include <string>

#include "runners/probe/answers/yes_no/yes_no_job.h"

namespace vernier {

/// Writes RUN: rows of "yes-no" and "yes-no-habits" by the job's parser and policy, the answer as
/// candidate, yes or no as reference, the image as cluster; in meta the question, the verdict and
/// the question's further fields. Ids are those of the questions; with several question files the
/// file's name (its category) goes before them, and stands in meta. Throws Error(kOutput).
void write_yes_no_run(const std::string& path, const YesNoJob& job, const YesNoOptions& options);

}  // namespace vernier

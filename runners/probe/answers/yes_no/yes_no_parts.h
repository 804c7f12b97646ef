// A job's scores in parts: by parser, by file, by field, by list of ids.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runners/probe/answers/yes_no/yes_no_job.h"

namespace vernier {

struct YesNoSplit {
  std::string by;
  std::vector<probes::YesNoGroup> groups;
};

/// By every field that was asked for, and by "category" where a question file has it.
std::vector<YesNoSplit> splits(const YesNoJob& job, const YesNoOptions& options);

struct ParserScores {
  probes::YesNoScores chosen, official, strict;
};
ParserScores scores_of(const YesNoJob& job, std::span<const probes::YesNoAnswer> answers);

/// Means over files, undefined where one of them is.
double mean_over_files(const YesNoJob& job, double probes::Rates::*rate);

/// Means over R-Bench's subsets.
double mean_over_lists(const YesNoJob& job, double probes::IdListScores::*score);

// The two forms of job_text().
std::string yes_no_json(const YesNoJob& job, const YesNoOptions& options);
std::string yes_no_page(const YesNoJob& job, const YesNoOptions& options);

}  // namespace vernier

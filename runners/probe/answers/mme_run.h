// MME's answers as a run: one sample a question.
#pragma once

#include <string>

#include "judges/probes/answers/benchmarks/mme.h"

namespace vernier {

/// Writes RUN: rows of "mme", in which the second question of an image counts for both (acc+), the
/// subtask in each record's meta. acc and acc+ are of all subtasks together; the sums of subtasks
/// that make MME's score are no ratios. Throws Error(kOutput).
void write_mme_run(const std::string& path, const probes::MmeFolder& folder,
                   const probes::YesNoParser& parser, const std::string& signature);

}  // namespace vernier

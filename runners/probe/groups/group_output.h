// What `vernier probe groups` prints and writes.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/groups/group_study.h"

namespace vernier {

std::string groups_text(const GroupStudy& study, OutputFormat format);

/// Captions of images whose group is known, with their words as evidence, as a run.
void write_groups_run(const std::string& path, const GroupStudy& study);

}  // namespace vernier

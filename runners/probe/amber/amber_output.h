// What `probe amber` writes.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/amber/amber_study.h"

namespace vernier {

std::string amber_text(const AmberStudy& study, OutputFormat format);

/// One JSON object a line and description: its nouns, their places (characters) and verdicts.
std::string amber_evidence(const AmberStudy& study);

}  // namespace vernier

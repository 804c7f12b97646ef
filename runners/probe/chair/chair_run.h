// CHAIR as a run (docs/run-format.md), so that compare, gate and report work on hallucination.
#pragma once

#include <string>

#include "runners/probe/chair/chair_study.h"

namespace vernier {

/// Appends a caption's objects and mentions to an open JSON object: "objects", "mentions" with
/// their places (characters), words, classes and verdicts.
void append_chair_evidence(std::string& out, const ChairStudy& study, std::size_t caption);

/// Writes RUN: rows of "chair" and "chair-coverage", the evidence under "chair" in each record's
/// meta. Throws Error(kOutput).
void write_chair_run(const std::string& path, const ChairStudy& study);

}  // namespace vernier

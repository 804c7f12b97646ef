// AMBER's descriptions as a run.
#pragma once

#include <string>

#include "runners/probe/amber/amber_study.h"

namespace vernier {

/// Appends the nouns of a description to an open JSON object: "mentions" with their places
/// (characters), words, objects and verdicts.
void append_amber_mentions(std::string& out, const AmberStudy::Description& description);

/// Writes RUN: rows of "amber-generative" and "amber-coverage", not rounded as the official
/// printout is, the evidence under "amber" in each record's meta. Answers to questions are left
/// out: nothing in the annotations says which image they are about. Throws Error(kUsage) where
/// there are no descriptions, Error(kOutput).
void write_amber_run(const std::string& path, const AmberStudy& study);

}  // namespace vernier

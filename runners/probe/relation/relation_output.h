// What `vernier probe relations` prints.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/relation/relation_study.h"

namespace vernier {

std::string relations_text(const RelationStudy& study, OutputFormat format);

/// A caption a line: its facts, each with its verdict.
std::string relations_evidence(const RelationStudy& study);

/// Captions with their facts as evidence, as a run.
void write_relations_run(const std::string& path, const RelationStudy& study);

/// Appends {"kind","subject","link","object","sentence","verdict","because"}, all that applies.
void append_judged_fact(std::string& out, const probes::JudgedFact& fact);

}  // namespace vernier

// What `probe drift` writes.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/drift/drift_study.h"

namespace vernier {

std::string drift_text(const DriftStudy& study, double alpha, OutputFormat format);
/// The JSON of drift_text().
std::string drift_json(const DriftStudy& study, double alpha);

/// ok, changed, drift.
const char* verdict_name(DriftVerdict verdict);

}  // namespace vernier

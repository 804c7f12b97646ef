// What `vernier gate` writes: all of it made from one GateReport.
#pragma once

#include <string>

#include "results/gate/gate.h"

namespace vernier {

std::string gate_table(const GateReport& report);
std::string gate_json(const GateReport& report);
std::string gate_markdown(const GateReport& report);
/// JUnit XML: a `failure` is a regression, an `error` what could not be judged.
std::string gate_junit(const GateReport& report);
/// Workflow commands that GitHub shows beside a change.
std::string gate_annotations(const GateReport& report);

}  // namespace vernier

// What a model answered that was asked (probe live), as a reader wants it: what it gets right and
// what of that it sees, curves over places, prompts that invent least.
#pragma once

#include <string>

#include "results/report/probes/probe_result.h"

namespace vernier::report {

/// In place of the table of scores and the curves of other probes. Results stand side by side.
void append_live(std::string& out, const ProbeGroup& results);

}  // namespace vernier::report

// The part of the page about what probes printed.
#pragma once

#include <string>

#include "results/report/probes/probe_result.h"

namespace vernier::report {

/// The section "probe-NUMBER" of one probe: scores, curves, tables, what else its JSON holds.
/// Several results stand side by side; where signatures differ the page says that they are not
/// comparable.
void append_probe(std::string& out, const ProbeGroup& results, std::size_t number);

}  // namespace vernier::report

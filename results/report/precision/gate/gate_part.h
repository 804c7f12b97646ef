// The gate: does this checkpoint cost more than is allowed, and where?
#pragma once

#include <string>

#include "results/report/precision/levels/pair_view.h"

namespace vernier::report {

/// The answer in one sentence; plain text.
std::string gate_headline(const PrecisionPair& pair);

/// The state of a gate in a word or two, coloured; HTML.
std::string gate_badge(const PrecisionGate& gate);

/// Names of the rules that do not pass, with what became of them; plain text, empty where all pass.
std::string failed_rules(const PrecisionGate& gate);

/// Every rule with its loss, the interval, and the bound as a line; and where it comes from.
void append_gate(std::string& out, const PairView& view);

}  // namespace vernier::report

// The table of a probe's scores: of one result with what belongs to them (standard errors, bounds,
// the scores of other parsers), of several side by side with their differences.
#pragma once

#include <string>

#include "results/report/probes/probe_result.h"

namespace vernier::report {

/// Whether all results were made alike, so that their scores may be compared.
bool same_signature(const ProbeGroup& results);

/// HTML; empty where no result has scores. Differences are from the first result, and only where
/// signatures are equal. What is undefined has its reason beside it.
std::string score_tables(const ProbeGroup& results);

/// A number on a run's colour: results are counted where runs have letters.
std::string result_badge(std::size_t result);

}  // namespace vernier::report

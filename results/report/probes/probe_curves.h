// Curves in a probe's JSON: lists of objects with a place and a value, and scores in a row
// (accuracy_in_rotation_0, _1, ...).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/report/probes/probe_blocks.h"

namespace vernier::report {

/// Of objects with "from" and "to", or one of "position", "sentence", "token", "offset",
/// "rotation", "step", "distance", and a "rate", "mean", "percent", "accuracy", "share", or "cases"
/// and one other count, which is their part; "low" and "high" make the interval. Nothing for other
/// lists, and for fewer than two values.
std::optional<ProbeCurve> curve_of_list(const std::vector<std::string>& path, const Json& list);

/// Of members whose keys differ in one number or one capital letter between underscores; three or
/// more make a curve.
std::vector<ProbeCurve> curves_of_members(const std::vector<std::string>& path, const Json& object);

}  // namespace vernier::report

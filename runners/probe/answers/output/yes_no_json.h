// Yes/no scores in JSON, alike in every probe that has them.
#pragma once

#include <string>

#include "judges/probes/answers/join/join.h"
#include "judges/probes/answers/score/share.h"
#include "judges/probes/answers/score/yes_no_scores.h"

namespace vernier {

/// Appends "counts" (with `unclear`, which is what strict cannot read, and `unparsed`, what this
/// parser cannot), "scores", "undefined", "standard_errors", "bounds" and "flags" to an open
/// object.
void append_yes_no(std::string& out, const probes::YesNoScores& scores, std::uint64_t unclear);

/// Appends "join": how answers were joined and how many were not.
void append_join(std::string& out, const probes::JoinReport& report);

/// Appends "key":{"numerator":..,"denominator":..,"percent":..}.
void append_share(std::string& out, std::string_view key, const probes::Share& share);

/// A number, or null and the reason.
void append_undefined(std::string& out, const std::vector<probes::UndefinedRate>& undefined);

}  // namespace vernier

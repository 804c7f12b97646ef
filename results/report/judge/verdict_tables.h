// The tables of the section about verdicts. Each appends HTML.
#pragma once

#include <cstdint>
#include <string>

#include "results/report/findings.h"

namespace vernier::report {

/// 0.025 -> "2.5 %".
std::string percent_text(double share);
/// A dash of none.
std::string percent_share(std::uint64_t part, std::uint64_t whole);

/// Verdicts by status and flag, in words.
void append_verdict_counts(std::string& out, const Findings& findings);

/// Spread, entropy and mass of ratings.
void append_certainty(std::string& out, const Findings& findings);

/// Verdicts on the claims of run r, by kind.
void append_claim_kinds(std::string& out, const Findings& findings, std::size_t r);

/// The captions and claims of run r that its judge is least sure of.
void append_least_sure(std::string& out, const Findings& findings, std::size_t r);

}  // namespace vernier::report

// One rule against its evidence.
#pragma once

#include "results/gate/evidence.h"
#include "results/gate/gate.h"

namespace vernier {

/// Judges the difference that the rule is about, a score of `runs`.
RuleResult judge_rule(const GateRule& rule, const Evidence& evidence, const PairedRuns& runs,
                      const GateReport& report, const GatePolicy& policy);

/// Sets verdict and reason by `difference`, its `interval`, and what is `allowed`.
void decide(RuleResult& result);

/// Adds to an inconclusive rule about how many images would decide; `standard_error`: of its
/// difference, over `images`.
void plan_images(RuleResult& result, double standard_error, std::size_t images);

/// Judges the bounds of the candidate's own score: what they refuse is a regression whatever the
/// difference.
void judge_value(RuleResult& result);

}  // namespace vernier

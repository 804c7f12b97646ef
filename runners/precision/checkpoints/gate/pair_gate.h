// The gate over all levels of a comparison.
#pragma once

#include <optional>

#include "results/gate/policy.h"
#include "runners/precision/checkpoints/checkpoints_study.h"

namespace vernier {

/// Judges a pair by a policy, or by the usual bounds (default_policy.h) as far as their scores were
/// measured. "tau-people" is the judge's tau-b with the captions' ratings; other names are scores
/// of the levels' runs.
GateReport judge_pair(const CheckpointFacts& a, const CheckpointPair& pair,
                      const std::optional<GatePolicy>& policy, const CompareSettings& settings);

}  // namespace vernier

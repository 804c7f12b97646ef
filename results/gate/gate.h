// Is the candidate worse than the policy allows? One value says so to every output and to the exit
// code.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "results/gate/policy.h"
#include "results/run/run_file.h"

namespace vernier {

enum class Verdict {
  kPass,
  kRegression,
  kInconclusive,
  kUnmeasured,  ///< too few samples, too many empty captions, runs that cannot be compared
  kInvalid      ///< a rule that can never be judged: unknown or undefined score
};

std::string_view verdict_name(Verdict verdict);

struct RuleResult {
  GateRule rule;
  std::string slice;        ///< "meta.source = coco"; empty: all samples
  std::size_t samples = 0;  ///< those judged
  Verdict verdict = Verdict::kInvalid;
  std::string reason;     ///< one line, for people
  bool measured = false;  ///< both scores are there, from samples enough
  bool compared = false;  ///< the difference was judged
  bool less_is_better = false;
  double baseline = 0, candidate = 0;
  double difference = 0;     ///< candidate - baseline, sign turned where less is better
  Interval interval;         ///< of it, 1 - 2 alpha
  double allowed = 0;        ///< m: how far below 0 it may be
  double p = 1, p_holm = 1;  ///< one-sided, against a drop within the allowed
  double detectable = 0;     ///< the drop beyond the allowed that is found in 8 of 10 cases
  std::optional<double> clusters_wanted;  ///< to decide an inconclusive rule

  /// What the rule is about, printable: "cider" or "cider [meta.source = coco]".
  std::string subject() const;
};

struct GateReport {
  std::string baseline, candidate, policy;  ///< names of the files
  std::size_t samples = 0, clusters = 0;
  std::string statistics;  ///< signature
  std::vector<RuleResult> rules;
  std::string failure;  ///< why nothing could be judged; empty otherwise
  ExitCode failure_code = ExitCode::kOk;
  OnInconclusive on_inconclusive = OnInconclusive::kError;

  /// 2, 3, 1, 5, 0: the worst of all rules in this order.
  ExitCode exit_code() const;
  /// "pass", "regression", "inconclusive" or "error".
  std::string_view verdict() const;
};

struct RunPair {
  const Run *baseline, *candidate;
};

/// Judges a rule about a score that no run has; nothing where it is unknown here, too.
using OtherRules = std::function<std::optional<RuleResult>(const GateRule& rule)>;

/// Judges all rules, each by the pair of runs that has its score: runs of other samples, one gate.
/// What concerns one rule is said in its result; throws Error only for runs that cannot be compared
/// at all.
GateReport judge(std::span<const RunPair> pairs, const GatePolicy& policy, unsigned threads,
                 const OtherRules& others = {});

/// Judges all rules, one result each or, with `by`, one for each slice.
GateReport judge(const Run& baseline, const Run& candidate, const GatePolicy& policy,
                 unsigned threads);

}  // namespace vernier

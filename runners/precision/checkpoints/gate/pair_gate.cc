#include "runners/precision/checkpoints/gate/pair_gate.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "results/gate/judge_rule.h"
#include "results/statistics/normal.h"
#include "runners/precision/checkpoints/gate/default_policy.h"

namespace vernier {
namespace {

constexpr std::string_view kTauRule = "tau-people";

std::optional<RuleResult> judge_tau(const GateRule& rule, const CheckpointPair& pair,
                                    const CompareSettings& settings) {
  if (!pair.verdicts || !pair.verdicts->has_people()) return std::nullopt;
  const Agreement people = pair.verdicts->agreement_with_people(2 * rule.alpha, settings);
  RuleResult result;
  result.rule = rule;
  result.samples = people.n;
  result.baseline = people.scores[0].estimates[kTauB].value;
  result.candidate = people.scores[1].estimates[kTauB].value;
  const AgreementDifference::Of& of = people.differences[0].of[kTauB];
  // That of a less b.
  result.difference = -of.difference;
  result.interval = {-of.interval.high, -of.interval.low};
  result.p = of.p / 2;
  result.allowed = rule.max_drop.value_or(0);
  if (!std::isfinite(result.difference) || !std::isfinite(result.interval.low)) {
    result.verdict = Verdict::kUnmeasured;
    result.reason = "the agreement with people is undefined";
    return result;
  }
  result.measured = true;
  if (!rule.max_drop) return result;
  result.compared = true;
  decide(result);
  if (result.verdict == Verdict::kInconclusive) {
    const double width = result.interval.high - result.interval.low;
    plan_images(result, width / (2 * normal_quantile(1 - rule.alpha)), people.images);
  }
  return result;
}

bool is_measured(const GateRule& rule, const CheckpointPair& pair) {
  if (rule.metric == kTauRule) return pair.verdicts && pair.verdicts->has_people();
  return std::ranges::any_of(pair.runs(), [&](const auto& level) {
    const auto names = level.second->a.header().score_names();
    return std::ranges::find(names, rule.metric) != names.end();
  });
}

}  // namespace

GateReport judge_pair(const CheckpointFacts& a, const CheckpointPair& pair,
                      const std::optional<GatePolicy>& own, const CompareSettings& settings) {
  GatePolicy policy = own ? *own : precision_policy();
  // The usual bounds are about what there is; a policy of one's own must be met in all it says.
  if (!own) {
    std::erase_if(policy.rules, [&](const GateRule& rule) { return !is_measured(rule, pair); });
  }
  const auto runs = pair.runs();
  std::vector<RunPair> pairs;
  pairs.reserve(runs.size());
  for (const auto& [level, of] : runs) pairs.push_back({&of->a, &of->b});
  if (pairs.empty() || policy.rules.empty()) {
    GateReport report;
    report.policy = policy.name;
    report.failure = "no level was measured that a rule is about";
    report.failure_code = ExitCode::kIncomplete;
    return report;
  }
  GateReport report = judge(pairs, policy, settings.comparison.threads, [&](const GateRule& rule) {
    return rule.metric == kTauRule ? judge_tau(rule, pair, settings) : std::nullopt;
  });
  report.baseline = a.source;
  report.candidate = pair.b.source;
  return report;
}

}  // namespace vernier

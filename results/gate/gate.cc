#include "results/gate/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/printable.h"
#include "results/compare/comparison.h"
#include "results/compare/difference_spread.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

bool is_score_of(const Run& run, const std::string& name) {
  const auto names = run.header().score_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

double empty_percent(const Run& run) {
  for (const auto& [name, count] : run.counts()) {
    if (name != "empty_candidate" || run.samples().empty()) continue;
    return 100 * static_cast<double>(count) / static_cast<double>(run.samples().size());
  }
  return 0;
}

std::string number(double value) { return fmt::format("{:.6g}", value); }

/// The bounds of the candidate's own score: what they refuse is a regression whatever the
/// difference.
void judge_value(RuleResult& result) {
  const GateRule& rule = result.rule;
  if (!rule.min_value && !rule.max_value) return;
  std::string refused;
  if (rule.min_value && !(result.candidate >= *rule.min_value)) {
    refused =
        fmt::format("{} is below min_value {}", number(result.candidate), number(*rule.min_value));
  } else if (rule.max_value && !(result.candidate <= *rule.max_value)) {
    refused =
        fmt::format("{} is above max_value {}", number(result.candidate), number(*rule.max_value));
  }
  if (!refused.empty()) result.verdict = Verdict::kRegression;
  if (!result.compared && refused.empty()) result.verdict = Verdict::kPass;
  const std::string bounds =
      refused.empty() ? fmt::format("{} is within its bounds", number(result.candidate)) : refused;
  result.reason = result.reason.empty() ? bounds : bounds + "; " + result.reason;
}

/// What one rule is judged by.
struct Evidence {
  const Spread& spread;
  bool identical;
  std::size_t clusters;
};

void plan(RuleResult& result, double standard_error, std::size_t clusters) {
  const double distance = result.difference + result.allowed;
  const double wanted =
      clusters_needed(standard_error, distance, result.rule.alpha, static_cast<double>(clusters));
  if (!std::isfinite(wanted) || wanted > 1e12) {
    result.reason += "; the difference lies at the border, which no number of images decides";
    return;
  }
  result.clusters_wanted = std::ceil(wanted);
  result.reason +=
      fmt::format("; about {:.0f} images would decide (now {})", *result.clusters_wanted, clusters);
}

void judge_drop(RuleResult& result, const Evidence& evidence, IntervalMethod method) {
  const GateRule& rule = result.rule;
  const Spread& spread = evidence.spread;
  const double sign = result.less_is_better ? -1 : 1;
  const double b_minus_a = result.candidate - result.baseline;
  result.compared = true;
  result.difference = sign * b_minus_a;
  result.allowed =
      rule.max_drop ? *rule.max_drop : std::abs(result.baseline) * *rule.max_drop_percent / 100;
  const double m = result.allowed;
  if (evidence.identical) {
    result.verdict = Verdict::kPass;
    result.reason = "every sample is exactly the same";
    return;
  }
  const Interval interval =
      bootstrap_interval(spread.replicates, b_minus_a, spread.left_out, rule.alpha, method);
  result.interval = sign > 0 ? interval : Interval{-interval.high, -interval.low};
  const double standard_error = jackknife_error(spread.left_out);
  result.detectable = minimum_detectable(standard_error, 2 * rule.alpha, 0.8);
  if (!std::isfinite(result.interval.low) || !std::isfinite(result.interval.high)) {
    result.verdict = Verdict::kUnmeasured;
    result.reason = "one image only, or resamples without a score: no interval";
    return;
  }
  std::size_t within = 0;
  for (const double replicate : spread.replicates) within += sign * replicate >= -m;
  result.p =
      (static_cast<double>(within) + 1) / (static_cast<double>(spread.replicates.size()) + 1);
  const std::string where =
      fmt::format("d = {:+.6g} in [{:+.6g}, {:+.6g}], allowed {:.6g}", result.difference,
                  result.interval.low, result.interval.high, m);
  if (result.interval.high < -m) {
    result.verdict = Verdict::kRegression;
    result.reason = "worse than allowed: " + where;
  } else if (result.interval.low >= -m) {
    result.verdict = Verdict::kPass;
    result.reason = "not worse than allowed: " + where;
  } else {
    result.verdict = Verdict::kInconclusive;
    result.reason = "cannot be told: " + where;
    plan(result, standard_error, evidence.clusters);
  }
}

// Regressions must stand against the number of comparisons as well.
void correct(GateReport& report, Correction correction) {
  std::vector<double> p;
  for (const RuleResult& result : report.rules) {
    p.push_back(result.compared ? result.p : std::nan(""));
  }
  const std::vector<double> corrected = holm(p);
  for (std::size_t i = 0; i < report.rules.size(); ++i) {
    RuleResult& result = report.rules[i];
    if (!result.compared) continue;
    result.p_holm = corrected[i];
    if (correction == Correction::kHolm && result.verdict == Verdict::kRegression &&
        result.p_holm > result.rule.alpha) {
      result.verdict = Verdict::kInconclusive;
      result.reason += fmt::format("; but among {} rules chance does that (Holm p = {:.4f})",
                                   report.rules.size(), result.p_holm);
    }
  }
}

/// Why no evidence can judge the rule, in `result`; false when there is nothing.
bool cannot_be_judged(RuleResult& result, const GateReport& report, const GatePolicy& policy,
                      const PairedRuns& runs) {
  const GateRule& rule = result.rule;
  if (std::isnan(result.candidate) || std::isnan(result.baseline)) {
    result.reason =
        fmt::format("{}:{}: {} is undefined in {}", policy.name, rule.line, printable(rule.metric),
                    std::isnan(result.baseline) ? report.baseline : report.candidate);
  } else if (rule.as_increase && !result.less_is_better) {
    result.reason = fmt::format("{}:{}: of {} more is better; max_drop says how far it may fall",
                                policy.name, rule.line, printable(rule.metric));
  } else if (report.samples < rule.min_samples) {
    result.verdict = Verdict::kUnmeasured;
    result.reason = fmt::format("{} samples, min_samples is {}", report.samples, rule.min_samples);
  } else if (const double empty = empty_percent(runs.b()); empty > policy.max_empty_percent) {
    result.verdict = Verdict::kUnmeasured;
    result.reason =
        fmt::format("{:.2f} % of the candidate's captions are empty, max_empty_percent is {:g}",
                    empty, policy.max_empty_percent);
  } else {
    return false;
  }
  return true;
}

/// The first of the runs without the rule's score.
const Run* run_without(const GateRule& rule, const Run& baseline, const Run& candidate) {
  for (const Run* run : {&candidate, &baseline}) {
    if (!is_score_of(*run, rule.metric)) return run;
  }
  return nullptr;
}

/// Judges the rules whose score both runs have.
void judge_known(GateReport& report, const PairedRuns& runs, const GatePolicy& policy,
                 unsigned threads) {
  report.samples = runs.samples();
  report.clusters = runs.clusters();
  const std::vector<Spread> spreads =
      difference_spreads(runs, {policy.resamples, policy.seed, threads});
  double alpha = 1;  // the smallest
  for (RuleResult& result : report.rules) {
    const auto& scores = runs.scores();
    const auto score = std::find_if(scores.begin(), scores.end(), [&](const auto& known) {
      return known.name == result.rule.metric;
    });
    if (score == scores.end()) continue;
    alpha = std::min(alpha, result.rule.alpha);
    result.less_is_better = score->less_is_better;
    result.baseline = score->a;
    result.candidate = score->b;
    if (cannot_be_judged(result, report, policy, runs)) continue;
    result.measured = true;
    if (!result.rule.max_drop && !result.rule.max_drop_percent) continue;
    const Spread& spread = spreads[static_cast<std::size_t>(score - scores.begin())];
    judge_drop(result, {spread, runs.identical(*score), runs.clusters()}, policy.interval);
  }
  // Each rule's interval leaves out its alpha on both sides.
  report.statistics =
      fmt::format("{}|resamples:{}|seed:{}|alpha:{}|power:0.8|v:1.0.0",
                  bootstrap_name(policy.interval), policy.resamples, policy.seed, 2 * alpha);
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kRegression:
      return "regression";
    case Verdict::kInconclusive:
      return "inconclusive";
    case Verdict::kUnmeasured:
      return "unmeasured";
    case Verdict::kInvalid:
      return "invalid";
  }
  return "invalid";
}

ExitCode GateReport::exit_code() const {
  if (!failure.empty()) return failure_code;
  bool regression = false, open = false;
  for (const RuleResult& result : rules) {
    switch (result.verdict) {
      case Verdict::kInvalid:
        return ExitCode::kUsage;
      case Verdict::kRegression:
        regression = true;
        break;
      case Verdict::kUnmeasured:
        open = true;
        break;
      case Verdict::kInconclusive:
        regression |= on_inconclusive == OnInconclusive::kFail;
        open |= on_inconclusive == OnInconclusive::kError;
        break;
      case Verdict::kPass:
        break;
    }
  }
  if (regression) return ExitCode::kGateFailed;
  return open ? ExitCode::kIncomplete : ExitCode::kOk;
}

std::string_view GateReport::verdict() const {
  switch (exit_code()) {
    case ExitCode::kOk:
      return "pass";
    case ExitCode::kGateFailed:
      return "regression";
    case ExitCode::kIncomplete:
      break;
    default:
      return "error";
  }
  const bool inconclusive = std::any_of(rules.begin(), rules.end(), [](const RuleResult& result) {
    return result.verdict == Verdict::kInconclusive;
  });
  return failure.empty() && inconclusive ? "inconclusive" : "error";
}

GateReport judge(const Run& baseline, const Run& candidate, const GatePolicy& policy,
                 unsigned threads) {
  GateReport report;
  report.baseline = baseline.name();
  report.candidate = candidate.name();
  report.policy = policy.name;
  report.on_inconclusive = policy.on_inconclusive;
  PairingOptions pairing;
  pairing.cluster_separator = policy.cluster_separator;
  for (const GateRule& rule : policy.rules) {
    RuleResult& result = report.rules.emplace_back();
    result.rule = rule;
    const Run* const without = run_without(rule, baseline, candidate);
    if (without == nullptr) {
      pairing.scores.push_back(rule.metric);
      continue;
    }
    result.reason = fmt::format("{}:{}: {} has no score \"{}\"; it has {}", policy.name, rule.line,
                                without->name(), printable(rule.metric),
                                fmt::join(without->header().score_names(), ", "));
  }
  if (!pairing.scores.empty()) {
    judge_known(report, PairedRuns(baseline, candidate, pairing), policy, threads);
  }
  correct(report, policy.correction);
  // A broken bound is no matter of chance: nothing may soften it.
  for (RuleResult& result : report.rules) {
    if (result.measured) judge_value(result);
  }
  return report;
}

}  // namespace vernier

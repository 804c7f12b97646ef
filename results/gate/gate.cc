#include "results/gate/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/printable.h"
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

/// The comparison with each alpha that a rule asks for.
class Comparisons {
 public:
  Comparisons(const PairedRuns& runs, const GatePolicy& policy, unsigned threads)
      : runs_(runs), policy_(policy), threads_(threads) {}

  const ScoreDifference& find(const std::string& score, double alpha) {
    const auto [at, fresh] = by_alpha_.try_emplace(alpha);
    if (fresh) {
      ComparisonOptions options;
      options.resamples = policy_.resamples;
      options.seed = policy_.seed;
      options.alpha = 2 * alpha;  // its interval leaves out alpha on each side
      options.interval = policy_.interval;
      options.threads = threads_;
      at->second = compare(runs_, options);
    }
    const auto& scores = at->second.scores;
    return *std::find_if(scores.begin(), scores.end(),
                         [&](const ScoreDifference& d) { return d.score.name == score; });
  }
  const std::string& signature() const { return by_alpha_.begin()->second.signature; }
  bool empty() const { return by_alpha_.empty(); }

 private:
  const PairedRuns& runs_;
  const GatePolicy& policy_;
  const unsigned threads_;
  std::map<double, Comparison> by_alpha_;
};

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

void judge_drop(RuleResult& result, const ScoreDifference& d) {
  const GateRule& rule = result.rule;
  const double sign = d.score.less_is_better ? -1 : 1;
  result.compared = true;
  result.difference = sign * d.difference;
  result.interval = sign > 0 ? d.interval : Interval{-d.interval.high, -d.interval.low};
  result.allowed =
      rule.max_drop ? *rule.max_drop : std::abs(result.baseline) * *rule.max_drop_percent / 100;
  result.detectable = minimum_detectable(d.standard_error, 2 * rule.alpha, 0.8);
  const double m = result.allowed;
  if (d.identical) {
    result.verdict = Verdict::kPass;
    result.reason = "every sample is exactly the same";
    return;
  }
  if (!std::isfinite(result.interval.low) || !std::isfinite(result.interval.high)) {
    result.verdict = Verdict::kUnmeasured;
    result.reason = "one image only, or resamples without a score: no interval";
    return;
  }
  std::size_t within = 0;
  for (const double replicate : d.replicates) within += sign * replicate >= -m;
  result.p = (static_cast<double>(within) + 1) / (static_cast<double>(d.replicates.size()) + 1);
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
  }
}

void plan(RuleResult& result, const ScoreDifference& d, std::size_t clusters) {
  if (result.verdict != Verdict::kInconclusive) return;
  const double distance = result.difference + result.allowed;
  const double wanted =
      clusters_needed(d.standard_error, distance, result.rule.alpha, static_cast<double>(clusters));
  if (!std::isfinite(wanted) || wanted > 1e12) {
    result.reason += "; the difference lies at the border, which no number of images decides";
    return;
  }
  result.clusters_wanted = std::ceil(wanted);
  result.reason +=
      fmt::format("; about {:.0f} images would decide (now {})", *result.clusters_wanted, clusters);
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
    const bool known = is_score_of(baseline, rule.metric) && is_score_of(candidate, rule.metric);
    if (known) pairing.scores.push_back(rule.metric);
  }
  std::optional<PairedRuns> runs;
  if (!pairing.scores.empty()) runs.emplace(baseline, candidate, pairing);
  std::optional<Comparisons> comparisons;
  if (runs) {
    comparisons.emplace(*runs, policy, threads);
    report.samples = runs->samples();
    report.clusters = runs->clusters();
  }
  for (const GateRule& rule : policy.rules) {
    RuleResult& result = report.rules.emplace_back();
    result.rule = rule;
    if (!is_score_of(baseline, rule.metric) || !is_score_of(candidate, rule.metric)) {
      const Run& without = is_score_of(candidate, rule.metric) ? baseline : candidate;
      result.reason = fmt::format("{}:{}: {} has no score \"{}\"; it has {}", policy.name,
                                  rule.line, without.name(), printable(rule.metric),
                                  fmt::join(without.header().score_names(), ", "));
      continue;
    }
    const ScoreDifference& d = comparisons->find(rule.metric, rule.alpha);
    result.less_is_better = d.score.less_is_better;
    result.baseline = d.score.a;
    result.candidate = d.score.b;
    if (std::isnan(d.score.b) || std::isnan(d.score.a)) {
      result.reason = fmt::format("{}:{}: {} is undefined in {}", policy.name, rule.line,
                                  printable(rule.metric),
                                  std::isnan(d.score.a) ? baseline.name() : candidate.name());
      continue;
    }
    if (rule.as_increase && !d.score.less_is_better) {
      result.reason = fmt::format("{}:{}: of {} more is better; max_drop says how far it may fall",
                                  policy.name, rule.line, printable(rule.metric));
      continue;
    }
    if (report.samples < rule.min_samples) {
      result.verdict = Verdict::kUnmeasured;
      result.reason =
          fmt::format("{} samples, min_samples is {}", report.samples, rule.min_samples);
      continue;
    }
    if (empty_percent(candidate) > policy.max_empty_percent) {
      result.verdict = Verdict::kUnmeasured;
      result.reason = fmt::format(
          "{:.2f} % of the candidate's captions are empty, "
          "max_empty_percent is {:g}",
          empty_percent(candidate), policy.max_empty_percent);
      continue;
    }
    result.measured = true;
    if (rule.max_drop || rule.max_drop_percent) {
      judge_drop(result, d);
      plan(result, d, report.clusters);
    }
  }
  correct(report, policy.correction);
  // A broken bound is no matter of chance: nothing may soften it.
  for (RuleResult& result : report.rules) {
    if (result.measured) judge_value(result);
  }
  if (comparisons && !comparisons->empty()) report.statistics = comparisons->signature();
  return report;
}

}  // namespace vernier

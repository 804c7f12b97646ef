#include "results/gate/judge_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/printable.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

double empty_percent(const Run& run) {
  for (const auto& [name, count] : run.counts()) {
    if (name != "empty_candidate" || run.samples().empty()) continue;
    return 100 * static_cast<double>(count) / static_cast<double>(run.samples().size());
  }
  return 0;
}

std::string number(double value) { return fmt::format("{:.6g}", value); }

void judge_drop(RuleResult& result, const Evidence& evidence, std::size_t score,
                IntervalMethod method) {
  const GateRule& rule = result.rule;
  const Spread& spread = evidence.spreads[score];
  const double sign = result.less_is_better ? -1 : 1;
  const double b_minus_a = result.candidate - result.baseline;
  result.compared = true;
  result.difference = sign * b_minus_a;
  result.allowed =
      rule.max_drop ? *rule.max_drop : std::abs(result.baseline) * *rule.max_drop_percent / 100;
  const double m = result.allowed;
  if (evidence.identical[score]) {
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
  decide(result);
  if (result.verdict == Verdict::kInconclusive)
    plan_images(result, standard_error, evidence.clusters);
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
  } else if (result.samples < rule.min_samples) {
    result.verdict = Verdict::kUnmeasured;
    result.reason = fmt::format("{} samples, min_samples is {}", result.samples, rule.min_samples);
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

}  // namespace

void plan_images(RuleResult& result, double standard_error, std::size_t images) {
  const double distance = result.difference + result.allowed;
  const double wanted =
      clusters_needed(standard_error, distance, result.rule.alpha, static_cast<double>(images));
  if (!std::isfinite(wanted) || wanted > 1e12) {
    result.reason += "; the difference lies at the border, which no number of images decides";
    return;
  }
  result.clusters_wanted = std::ceil(wanted);
  result.reason +=
      fmt::format("; about {:.0f} images would decide (now {})", *result.clusters_wanted, images);
}

void decide(RuleResult& result) {
  const double m = result.allowed;
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

RuleResult judge_rule(const GateRule& rule, const Evidence& evidence, const PairedRuns& runs,
                      const GateReport& report, const GatePolicy& policy) {
  const auto& scores = runs.scores();
  const auto score =
      std::ranges::find(scores, rule.metric, [](const auto& known) { return known.name; });
  const auto s = static_cast<std::size_t>(score - scores.begin());
  RuleResult result;
  result.rule = rule;
  result.slice = evidence.slice;
  result.samples = evidence.samples;
  result.less_is_better = score->less_is_better;
  result.baseline = evidence.a[s];
  result.candidate = evidence.b[s];
  if (cannot_be_judged(result, report, policy, runs)) return result;
  result.measured = true;
  if (rule.max_drop || rule.max_drop_percent) judge_drop(result, evidence, s, policy.interval);
  return result;
}

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

}  // namespace vernier

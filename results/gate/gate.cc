#include "results/gate/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "base/printable.h"
#include "results/compare/comparison.h"
#include "results/gate/judge_rule.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

bool is_score_of(const Run& run, const std::string& name) {
  const auto names = run.header().score_names();
  return std::find(names.begin(), names.end(), name) != names.end();
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

/// The first of the runs without the rule's score.
const Run* run_without(const GateRule& rule, const RunPair& pair) {
  for (const Run* run : {pair.candidate, pair.baseline}) {
    if (!is_score_of(*run, rule.metric)) return run;
  }
  return nullptr;
}

std::string missing(const GateRule& rule, std::span<const RunPair> pairs) {
  std::vector<std::string> names;
  for (const RunPair& pair : pairs) {
    for (const std::string_view name : run_without(rule, pair)->header().score_names()) {
      names.emplace_back(name);
    }
  }
  return fmt::format(
      "{} has no score \"{}\"; it has {}",
      pairs.size() == 1 ? run_without(rule, pairs.front())->name() : "the comparison",
      printable(rule.metric), fmt::join(names, ", "));
}

/// How the rules about these scores are judged. Each rule's interval leaves out its alpha on both
/// sides.
std::string statistics_of(const GatePolicy& policy, const std::vector<std::string>& scores,
                          const PairedRuns& runs) {
  double alpha = 1;  // the smallest
  for (const GateRule& rule : policy.rules) {
    if (std::ranges::find(scores, rule.metric) != scores.end()) alpha = std::min(alpha, rule.alpha);
  }
  return fmt::format("{}|resamples:{}|seed:{}|alpha:{}|power:0.8{}|v:1.0.0",
                     bootstrap_name(policy.interval), policy.resamples, policy.seed, 2 * alpha,
                     seeds_field(runs));
}

/// Judges the rules whose scores both runs of a pair have: over all samples or each slice.
class PairJudge {
 public:
  PairJudge(const RunPair& pair, const GatePolicy& policy, unsigned threads)
      : pair_(pair), policy_(policy), resampling_{policy.resamples, policy.seed, threads} {
    PairingOptions pairing;
    pairing.cluster_separator = policy.cluster_separator;
    for (const GateRule& rule : policy.rules) {
      if (run_without(rule, pair) == nullptr) pairing.scores.push_back(rule.metric);
    }
    scores_ = pairing.scores;
    if (!scores_.empty()) runs_.emplace(*pair.baseline, *pair.candidate, pairing);
  }

  const RunPair& pair() const { return pair_; }

  /// Adds what it judges by.
  void describe(GateReport& report) const {
    if (!runs_) return;
    report.samples += runs_->samples();
    report.clusters = std::max(report.clusters, runs_->clusters());
    if (report.statistics.empty()) report.statistics = statistics_of(policy_, scores_, *runs_);
  }

  void judge(const GateRule& rule, GateReport& report) {
    try {
      for (const Evidence& evidence : evidence_for(rule)) {
        report.rules.push_back(judge_rule(rule, evidence, *runs_, report, policy_));
      }
    } catch (const Error& error) {  // no such slices
      RuleResult& result = report.rules.emplace_back();
      result.rule = rule;
      result.reason = fmt::format("{}:{}: {}", policy_.name, rule.line, error.what());
    }
  }

 private:
  const std::vector<Evidence>& evidence_for(const GateRule& rule) {
    const auto known = evidence_.find(rule.by);
    if (known != evidence_.end()) return known->second;
    std::vector<Evidence> made;
    if (rule.by.empty()) {
      made.push_back(evidence_of_all(*runs_, resampling_));
    } else {
      made = evidence_by(*runs_, rule.by, resampling_);
    }
    return evidence_[rule.by] = std::move(made);
  }

  RunPair pair_;
  const GatePolicy& policy_;
  ResamplingOptions resampling_;
  std::vector<std::string> scores_;                        // that rules are about
  std::optional<PairedRuns> runs_;                         // none where no rule is
  std::map<std::string, std::vector<Evidence>> evidence_;  // by the key of slices
};

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

std::string RuleResult::subject() const {
  const std::string metric = printable(rule.metric, 60);
  return slice.empty() ? metric : fmt::format("{} [{}]", metric, slice);
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

GateReport judge(std::span<const RunPair> pairs, const GatePolicy& policy, unsigned threads,
                 const OtherRules& others) {
  GateReport report;
  report.baseline = pairs.front().baseline->name();
  report.candidate = pairs.front().candidate->name();
  report.policy = policy.name;
  report.on_inconclusive = policy.on_inconclusive;
  std::vector<std::unique_ptr<PairJudge>> judges;
  for (const RunPair& pair : pairs) {
    judges.push_back(std::make_unique<PairJudge>(pair, policy, threads));
    judges.back()->describe(report);
  }
  for (const GateRule& rule : policy.rules) {
    const auto judge = std::ranges::find_if(
        judges, [&](const auto& one) { return run_without(rule, one->pair()) == nullptr; });
    if (judge != judges.end()) {
      (*judge)->judge(rule, report);
    } else if (const auto known = others ? others(rule) : std::nullopt) {
      report.rules.push_back(*known);
    } else {
      RuleResult& result = report.rules.emplace_back();
      result.rule = rule;
      result.reason = fmt::format("{}:{}: {}", policy.name, rule.line, missing(rule, pairs));
    }
  }
  correct(report, policy.correction);
  // A broken bound is no matter of chance: nothing may soften it.
  for (RuleResult& result : report.rules) {
    if (result.measured) judge_value(result);
  }
  return report;
}

GateReport judge(const Run& baseline, const Run& candidate, const GatePolicy& policy,
                 unsigned threads) {
  const RunPair pair{&baseline, &candidate};
  return judge(std::span(&pair, 1), policy, threads);
}

}  // namespace vernier

// The gate: every verdict, and the exit code that goes with it.
#include "results/gate/gate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "results/gate/aa_check.h"
#include "tests/results/made_up_run.h"

namespace vernier {
namespace {

using tests::made_up_run;
using tests::MadeUpRun;

/// n values around `mean` that differ from those of another `wave` by noise only.
std::vector<double> values(std::size_t n, double mean, double wave, double noise = 0.1) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(mean + noise * std::sin(wave * static_cast<double>(i + 1)));
  }
  return out;
}

GatePolicy policy_of(GateRule rule) {
  GatePolicy policy;
  policy.name = "gate.toml";
  policy.resamples = 2000;
  if (rule.metric.empty()) rule.metric = "cider";
  policy.rules.push_back(std::move(rule));
  return policy;
}

GateRule drop(double most) {
  GateRule rule;
  rule.max_drop = most;
  return rule;
}

GateReport judged(const std::vector<double>& a, const std::vector<double>& b,
                  const GatePolicy& policy, const MadeUpRun& how = {}) {
  return judge(made_up_run(a, how), made_up_run(b, how), policy, 1);
}

void expect(const GateReport& report, Verdict verdict, ExitCode code) {
  EXPECT_EQ(report.rules[0].verdict, verdict) << report.rules[0].reason;
  EXPECT_EQ(report.exit_code(), code);
}

TEST(Gate, FindsARegression) {
  const GateReport report =
      judged(values(300, 0.5, 1.3), values(300, 0.4, 2.1), policy_of(drop(0.02)));
  expect(report, Verdict::kRegression, ExitCode::kGateFailed);
  const RuleResult& rule = report.rules[0];
  EXPECT_NEAR(rule.difference, -0.1, 0.01);
  EXPECT_LT(rule.interval.high, -0.02);
  EXPECT_LT(rule.p, 0.01);
  EXPECT_EQ(report.verdict(), "regression");
}

TEST(Gate, PassesWithinTheAllowedDrop) {
  expect(judged(values(300, 0.5, 1.3), values(300, 0.49, 2.1), policy_of(drop(0.1))),
         Verdict::kPass, ExitCode::kOk);
}

TEST(Gate, EqualRunsPassWithoutAllowance) {
  const auto same = values(300, 0.5, 1.3);
  const GateReport report = judged(same, same, policy_of(drop(0)));
  expect(report, Verdict::kPass, ExitCode::kOk);
  EXPECT_EQ(report.rules[0].difference, 0);
  EXPECT_EQ(report.rules[0].interval, (Interval{0, 0}));
}

TEST(Gate, NoiseIsInconclusiveAndPlansTheSample) {
  const GateReport report =
      judged(values(200, 0.5, 1.3), values(200, 0.49, 2.1), policy_of(drop(0.012)));
  expect(report, Verdict::kInconclusive, ExitCode::kIncomplete);
  ASSERT_TRUE(report.rules[0].clusters_wanted);
  EXPECT_GT(*report.rules[0].clusters_wanted, 200);
  EXPECT_NE(report.rules[0].reason.find("images would decide (now 200)"), std::string::npos);
  EXPECT_EQ(report.verdict(), "inconclusive");
}

TEST(Gate, ThePolicySaysWhatInconclusiveMeans) {
  GatePolicy policy = policy_of(drop(0.012));
  const auto a = values(200, 0.5, 1.3), b = values(200, 0.49, 2.1);
  policy.on_inconclusive = OnInconclusive::kPass;
  expect(judged(a, b, policy), Verdict::kInconclusive, ExitCode::kOk);
  policy.on_inconclusive = OnInconclusive::kFail;
  expect(judged(a, b, policy), Verdict::kInconclusive, ExitCode::kGateFailed);
}

// Case 29: no variance, no division by zero.
TEST(Gate, AConstantDifferenceIsJudgedWithoutVariance) {
  const std::vector<double> a(100, 0.5), b(100, 0.45);
  const GateReport report = judged(a, b, policy_of(drop(0.02)));
  expect(report, Verdict::kRegression, ExitCode::kGateFailed);
  EXPECT_NEAR(report.rules[0].interval.low, -0.05, 1e-12);
  expect(judged(a, b, policy_of(drop(0.06))), Verdict::kPass, ExitCode::kOk);
}

TEST(Gate, WhereLessIsBetterTheSignTurns) {
  MadeUpRun how;
  how.metric = "ter";
  how.less_is_better = true;
  GateRule rule = drop(0.02);
  rule.metric = "ter";
  rule.as_increase = true;
  const auto low = values(300, 0.4, 1.3), high = values(300, 0.5, 2.1);
  const GateReport worse = judged(low, high, policy_of(rule), how);
  expect(worse, Verdict::kRegression, ExitCode::kGateFailed);
  EXPECT_NEAR(worse.rules[0].difference, -0.1, 0.01);
  expect(judged(high, low, policy_of(rule), how), Verdict::kPass, ExitCode::kOk);
}

TEST(Gate, RelativeDropsFollowTheBaseline) {
  GateRule rule;
  rule.max_drop_percent = 10;
  const GateReport report = judged(values(300, 0.5, 1.3), values(300, 0.5, 2.1), policy_of(rule));
  expect(report, Verdict::kPass, ExitCode::kOk);
  EXPECT_NEAR(report.rules[0].allowed, 0.05, 0.001);
}

TEST(Gate, BoundsOfTheValueItself) {
  GateRule rule;
  rule.min_value = 0.45;
  const auto a = values(300, 0.5, 1.3);
  expect(judged(a, values(300, 0.5, 2.1), policy_of(rule)), Verdict::kPass, ExitCode::kOk);
  expect(judged(a, values(300, 0.4, 2.1), policy_of(rule)), Verdict::kRegression,
         ExitCode::kGateFailed);
  rule.min_value.reset();
  rule.max_value = 0.45;
  expect(judged(a, a, policy_of(rule)), Verdict::kRegression, ExitCode::kGateFailed);
  rule.max_drop = 1;  // the drop alone would pass
  const GateReport both = judged(a, values(300, 0.5, 2.1), policy_of(rule));
  expect(both, Verdict::kRegression, ExitCode::kGateFailed);
  EXPECT_NE(both.rules[0].reason.find("above max_value"), std::string::npos);
}

// Case 26.
TEST(Gate, ARuleThatCanNeverBeJudgedIsAnError) {
  const auto a = values(100, 0.5, 1.3);
  GateRule rule = drop(0.1);
  rule.metric = "cidr";
  const GateReport report = judged(a, a, policy_of(rule));
  expect(report, Verdict::kInvalid, ExitCode::kUsage);
  EXPECT_NE(report.rules[0].reason.find("it has cider"), std::string::npos);
  EXPECT_EQ(report.verdict(), "error");
  rule = drop(0.1);
  rule.as_increase = true;
  expect(judged(a, a, policy_of(rule)), Verdict::kInvalid, ExitCode::kUsage);
}

// Case 25: an undefined score passes no gate.
TEST(Gate, AnUndefinedScoreIsAnError) {
  const auto a = values(100, 0.5, 1.3);
  MadeUpRun how;
  how.undefined = true;
  GateRule rule;
  rule.min_value = 0;
  expect(judged(a, a, policy_of(rule), how), Verdict::kInvalid, ExitCode::kUsage);
  expect(judged(a, a, policy_of(drop(1)), how), Verdict::kInvalid, ExitCode::kUsage);
}

// A regression of one source hides in the mean of all.
TEST(Gate, SlicesAreJudgedOneByOne) {
  const std::size_t n = 400;
  std::vector<double> a = values(n, 0.5, 1.3), b = values(n, 0.5, 2.1);
  MadeUpRun how;
  for (std::size_t i = 0; i < n; ++i) {
    const bool flickr = i % 4 == 0;
    how.metas.push_back(flickr ? R"({"source":"flickr"})" : R"({"source":"coco"})");
    if (flickr) b[i] -= 0.1;
  }
  GateRule rule = drop(0.05);
  expect(judged(a, b, policy_of(rule), how), Verdict::kPass, ExitCode::kOk);
  rule.by = "meta.source";
  const GateReport report = judged(a, b, policy_of(rule), how);
  ASSERT_EQ(report.rules.size(), 2u);
  EXPECT_EQ(report.rules[0].subject(), "cider [meta.source = coco]");
  EXPECT_EQ(report.rules[0].verdict, Verdict::kPass) << report.rules[0].reason;
  EXPECT_EQ(report.rules[0].samples, 300u);
  EXPECT_EQ(report.rules[1].subject(), "cider [meta.source = flickr]");
  EXPECT_EQ(report.rules[1].verdict, Verdict::kRegression) << report.rules[1].reason;
  EXPECT_EQ(report.rules[1].samples, 100u);
  EXPECT_NEAR(report.rules[1].difference, -0.1, 0.02);
  EXPECT_EQ(report.exit_code(), ExitCode::kGateFailed);

  // The slice alone gives the same numbers.
  std::vector<double> only_a, only_b;
  for (std::size_t i = 0; i < n; i += 4) {
    only_a.push_back(a[i]);
    only_b.push_back(b[i]);
  }
  const RuleResult alone = judged(only_a, only_b, policy_of(drop(0.05))).rules[0];
  EXPECT_NEAR(alone.difference, report.rules[1].difference, 1e-12);
  EXPECT_NEAR(alone.interval.low, report.rules[1].interval.low, 1e-12);

  rule.min_samples = 200;
  EXPECT_EQ(judged(a, b, policy_of(rule), how).rules[1].verdict, Verdict::kUnmeasured);
  rule = drop(0.05);
  rule.by = "meta.sauce";
  const GateReport misspelt = judged(a, b, policy_of(rule), how);
  expect(misspelt, Verdict::kInvalid, ExitCode::kUsage);
  EXPECT_NE(misspelt.rules[0].reason.find("meta.source"), std::string::npos)
      << misspelt.rules[0].reason;
  rule = drop(0);
  rule.by = "meta.source";
  EXPECT_EQ(judged(a, a, policy_of(rule), how).exit_code(), ExitCode::kOk);
}

TEST(Gate, TheAaCheckCountsFalseAlarms) {
  // Rows far apart, but neither run better in the mean once sides are swapped.
  GatePolicy policy = policy_of(drop(0.01));
  policy.rules.push_back(policy.rules[0]);
  policy.rules[1].alpha = 0.2;
  policy.rules.push_back({});
  policy.rules[2].metric = "cider";
  policy.rules[2].min_value = 0.1;  // compares nothing: not checked
  const auto a = values(200, 0.5, 1.3), b = values(200, 0.2, 2.1);
  const auto run_a = made_up_run(a), run_b = made_up_run(b);
  const AaCheck check = aa_check(run_a, run_b, policy, 200, 1);
  ASSERT_EQ(check.rules.size(), 2u);
  EXPECT_EQ(check.rules[0].least, 4u);  // of 200 at 5 %: P(X < 4) = 0.9 %, P(X > 16) = 1.9 %
  EXPECT_EQ(check.rules[0].most, 16u);
  EXPECT_TRUE(check.passed()) << check.rules[0].alarms << ' ' << check.rules[1].alarms;
  EXPECT_GE(check.rules[0].alarms, check.rules[0].least);
  EXPECT_GE(check.rules[1].alarms, check.rules[1].least);
  const AaCheck threads = aa_check(run_a, run_b, policy, 200, 3);
  EXPECT_EQ(threads.rules[0].alarms, check.rules[0].alarms);
  AaCheck failed = check;
  failed.rules[0].alarms = 17;
  EXPECT_FALSE(failed.passed());
  policy.rules.erase(policy.rules.begin(), policy.rules.begin() + 2);
  EXPECT_THROW(aa_check(run_a, run_b, policy, 200, 1), Error);
}

TEST(Gate, TooFewSamplesOrTooManyEmptyCaptionsAreNoMeasurement) {
  const auto a = values(100, 0.5, 1.3);
  GateRule rule = drop(0.1);
  rule.min_samples = 101;
  expect(judged(a, a, policy_of(rule)), Verdict::kUnmeasured, ExitCode::kIncomplete);
  GatePolicy policy = policy_of(drop(0.1));
  policy.max_empty_percent = 1;
  MadeUpRun how;
  how.empty = 2;
  const GateReport report = judged(a, a, policy, how);
  expect(report, Verdict::kUnmeasured, ExitCode::kIncomplete);
  EXPECT_EQ(report.verdict(), "error");
}

TEST(Gate, OneImageGivesNoInterval) {
  MadeUpRun how;
  how.samples_an_image = 100;
  expect(judged(values(100, 0.5, 1.3), values(100, 0.4, 2.1), policy_of(drop(0.1)), how),
         Verdict::kUnmeasured, ExitCode::kIncomplete);
}

TEST(Gate, CaptionsOfOneImageAreOneCluster) {
  // Four copies of each value say no more than one.
  std::vector<double> a, b;
  for (std::size_t i = 0; i < 50; ++i) {
    for (int copy = 0; copy < 4; ++copy) {
      a.push_back(0.5 + 0.1 * std::sin(1.3 * static_cast<double>(i)));
      b.push_back(0.48 + 0.1 * std::sin(2.1 * static_cast<double>(i)));
    }
  }
  MadeUpRun how;
  how.samples_an_image = 4;
  const GateReport clustered = judged(a, b, policy_of(drop(0.02)), how);
  const GateReport naive = judged(a, b, policy_of(drop(0.02)));
  const auto width = [](const GateReport& r) {
    return r.rules[0].interval.high - r.rules[0].interval.low;
  };
  EXPECT_EQ(clustered.clusters, 50u);
  EXPECT_NEAR(width(clustered), 2 * width(naive), 0.3 * width(naive));
}

TEST(Gate, TheWorstRuleDecides) {
  GatePolicy policy = policy_of(drop(1));  // passes
  const auto a = values(200, 0.5, 1.3), b = values(200, 0.49, 2.1);
  policy.rules.push_back(policy.rules[0]);
  policy.rules[1].max_drop = 0.012;  // inconclusive: 5
  EXPECT_EQ(judged(a, b, policy).exit_code(), ExitCode::kIncomplete);
  policy.rules.push_back(policy.rules[0]);
  policy.rules[2].min_value = 0.6;  // regression: 1 goes before 5
  EXPECT_EQ(judged(a, b, policy).exit_code(), ExitCode::kGateFailed);
  policy.rules.push_back(policy.rules[0]);
  policy.rules[3].metric = "cidr";  // invalid: 2 goes before all
  EXPECT_EQ(judged(a, b, policy).exit_code(), ExitCode::kUsage);
}

TEST(Gate, HolmAsksMoreOfEachOfManyRules) {
  const auto a = values(60, 0.5, 1.3), b = values(60, 0.472, 2.1);
  GatePolicy policy = policy_of(drop(0));
  ASSERT_EQ(judged(a, b, policy).rules[0].verdict, Verdict::kRegression);
  policy.correction = Correction::kHolm;
  for (int i = 0; i < 30; ++i) policy.rules.push_back(policy.rules[0]);
  const GateReport report = judged(a, b, policy);
  EXPECT_EQ(report.rules[0].verdict, Verdict::kInconclusive) << report.rules[0].reason;
  EXPECT_GT(report.rules[0].p_holm, 0.05);
}

TEST(Gate, NothingSoftensABrokenBound) {
  const auto a = values(60, 0.5, 1.3), b = values(60, 0.472, 2.1);
  GatePolicy policy = policy_of(drop(0));
  policy.correction = Correction::kHolm;
  for (int i = 0; i < 30; ++i) policy.rules.push_back(policy.rules[0]);
  policy.rules[0].min_value = 0.6;
  const GateReport report = judged(a, b, policy);
  expect(report, Verdict::kRegression, ExitCode::kGateFailed);
  EXPECT_NE(report.rules[0].reason.find("is below min_value"), std::string::npos);
  EXPECT_EQ(report.rules[1].verdict, Verdict::kInconclusive);
}

// Cases 27 and 28.
TEST(Gate, RefusesToCompareWhatDiffers) {
  const auto a = values(100, 0.5, 1.3);
  const auto failure = [&](const MadeUpRun& other, const std::vector<double>& b) {
    try {
      judge(made_up_run(a), made_up_run(b, other), policy_of(drop(0.1)), 1);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kIncomplete);
      return std::string(error.what());
    }
    return std::string("compared");
  };
  MadeUpRun other;
  other.signature = "cider|v:2";
  EXPECT_NE(failure(other, a).find("cider: v:1 / v:2"), std::string::npos) << failure(other, a);
  other = {};
  other.dataset = "e";
  EXPECT_NE(failure(other, a).find("different samples or references"), std::string::npos);
  other = {};
  other.id_prefix = "t";
  EXPECT_NE(failure(other, a).find("the id s0"), std::string::npos) << failure(other, a);
  EXPECT_NE(failure({}, values(99, 0.5, 1.3)).find("100 samples"), std::string::npos);
}

TEST(Gate, TheSameBitsForEveryNumberOfThreads) {
  const vernier::Run a = made_up_run(values(500, 0.5, 1.3)),
                     b = made_up_run(values(500, 0.49, 2.1));
  const GateReport one = judge(a, b, policy_of(drop(0.01)), 1);
  for (const unsigned threads : {2u, 7u}) {
    const GateReport many = judge(a, b, policy_of(drop(0.01)), threads);
    EXPECT_EQ(many.rules[0].interval, one.rules[0].interval);
    EXPECT_EQ(many.rules[0].p, one.rules[0].p);
    EXPECT_EQ(many.rules[0].detectable, one.rules[0].detectable);
  }
}

}  // namespace
}  // namespace vernier

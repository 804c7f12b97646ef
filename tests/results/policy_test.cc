// Policies: what is read, and what is refused with its line.
#include "results/gate/policy.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/command.h"

namespace vernier {
namespace {

GatePolicy read_text(const std::string& text) {
  const tests::TemporaryFolder folder;
  return read_policy(folder.write("gate.toml", text));
}

std::string failure(const std::string& text) {
  try {
    read_text(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage) << text;
    return error.what();
  }
  return "accepted";
}

TEST(Policy, TheExampleIsValid) {
  const GatePolicy policy = read_text(example_policy());
  ASSERT_EQ(policy.rules.size(), 3u);
  EXPECT_EQ(policy.rules[0].metric, "cider");
  EXPECT_EQ(policy.rules[0].max_drop, 0.02);
  EXPECT_EQ(policy.rules[1].max_drop_percent, 2.0);
  EXPECT_EQ(policy.rules[2].min_value, 0.15);
  EXPECT_FALSE(policy.rules[2].max_drop);
}

TEST(Policy, ReadsEveryKey) {
  const GatePolicy policy = read_text(
      "alpha = 0.01\nresamples = 500\nseed = 7\ninterval = \"percentile\"\n"
      "on_inconclusive = \"fail\"\ncorrection = \"holm\"\nmin_samples = 50\n"
      "max_empty_percent = 2\ncluster_separator = \"#\"\n"
      "[[rule]]\nmetric = \"ter\"\nmax_increase = 1\n"
      "[[rule]]\nmetric = \"cider\"\nmargin = 0.5\nalpha = 0.1\nmin_samples = 3\nmax_value = 9\n"
      "by = \"meta.source\"\n");
  EXPECT_EQ(policy.resamples, 500u);
  EXPECT_EQ(policy.seed, 7u);
  EXPECT_EQ(policy.interval, IntervalMethod::kPercentile);
  EXPECT_EQ(policy.on_inconclusive, OnInconclusive::kFail);
  EXPECT_EQ(policy.correction, Correction::kHolm);
  EXPECT_EQ(policy.max_empty_percent, 2);
  EXPECT_EQ(policy.cluster_separator, "#");
  EXPECT_TRUE(policy.rules[0].as_increase);
  EXPECT_EQ(policy.rules[0].alpha, 0.01);
  EXPECT_EQ(policy.rules[0].min_samples, 50u);
  EXPECT_EQ(policy.rules[1].max_drop, 0.5);
  EXPECT_EQ(policy.rules[1].alpha, 0.1);
  EXPECT_EQ(policy.rules[1].min_samples, 3u);
  EXPECT_EQ(policy.rules[1].max_value, 9);
  EXPECT_EQ(policy.rules[0].by, "");
  EXPECT_EQ(policy.rules[1].by, "meta.source");
}

TEST(Policy, RefusesWithTheLine) {
  const std::string rule = "[[rule]]\nmetric = \"cider\"\n";
  const std::pair<std::string, std::string> cases[] = {
      {"", "expected [[rule]] tables"},
      {"rule = 3\n", "expected [[rule]] tables"},
      {"[[rule]\n", ":1: not TOML"},
      {rule, ":1: the rule about \"cider\" demands nothing"},
      {"[[rule]]\nmax_drop = 1\n", ":1: a rule without \"metric\""},
      {rule + "max_drp = 1\n", ":3: unknown key \"max_drp\"; did you mean \"max_drop\"?"},
      {"rules = 1\n" + rule + "max_drop = 1\n",
       ":1: unknown key \"rules\"; did you mean \"rule\"?"},
      {rule + "max_drop = nan\n", ":3: \"max_drop\": expected a finite number"},
      {rule + "max_drop = inf\n", ":3: \"max_drop\": expected a finite number"},
      {rule + "max_drop = \"1\"\n", ":3: \"max_drop\": expected a finite number"},
      {rule + "max_drop = -0.1\n", ":3: \"max_drop\": expected a number from 0"},
      {rule + "max_drop = 1\nmargin = 2\n", "a rule takes one of"},
      {rule + "max_drop = 1\nalpha = 0.5\n", "expected 0 < alpha < 0.5"},
      {rule + "max_drop = 1\nalpha = 0\n", "expected 0 < alpha < 0.5"},
      {rule + "max_drop = 1\nby = \"source\"\n", ":4: \"by\": expected \"meta.KEY\""},
      {"on_inconclusive = \"ignore\"\n" + rule + "max_drop = 1\n",
       ":1: \"on_inconclusive\": expected"},
      {"resamples = 5\n" + rule + "max_drop = 1\n", ":1: \"resamples\": expected a whole number"},
      {"seed = -1\n" + rule + "max_drop = 1\n", ":1: \"seed\""}};
  for (const auto& [text, expected] : cases) {
    const std::string message = failure(text);
    EXPECT_NE(message.find(expected), std::string::npos) << text << "\n-> " << message;
  }
}

TEST(Policy, AMissingFileIsAUsageError) {
  try {
    read_policy("/nonexistent/gate.toml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
  }
}

}  // namespace
}  // namespace vernier

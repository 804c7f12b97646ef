// Several seeds a side: pooled runs, and intervals that hold the luck of seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/error.h"
#include "results/compare/comparison.h"
#include "results/seeds/pooled_run.h"
#include "tests/results/made_up_run.h"

namespace vernier {
namespace {

using tests::made_up_run;

Run pooled(const std::vector<std::vector<double>>& seeds) {
  std::vector<Run> runs;
  for (const auto& values : seeds) runs.push_back(made_up_run(values));
  return pooled_run(std::move(runs));
}

TEST(Seeds, APooledRunHoldsAllSamplesOfAllRuns) {
  const auto run = pooled({{0.1, 0.2}, {0.3, 0.6}});
  EXPECT_EQ(run.seeds(), 2u);
  ASSERT_EQ(run.samples().size(), 4u);
  EXPECT_EQ(run.samples()[0].id, "s0@1");
  EXPECT_EQ(run.samples()[3].id, "s1@2");
  EXPECT_EQ(run.samples()[3].image_id, "s1");
  EXPECT_EQ(run.samples()[3].candidate, "caption s1");
  EXPECT_EQ(run.row(3)[0], 0.6);
  EXPECT_EQ(run.find("s0@2"), 2u);
  EXPECT_NEAR(run.corpus_scores()[0], 0.3, 1e-15);
  EXPECT_EQ(run.counts()[0].second, 4u);
}

TEST(Seeds, OtherRunsAreNoSeeds) {
  tests::MadeUpRun other;
  const auto refused = [&](auto second, const std::string& expected) {
    std::vector<decltype(second)> runs;
    runs.push_back(made_up_run({0.1, 0.2}));
    runs.push_back(std::move(second));
    try {
      pooled_run(std::move(runs));
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kIncomplete);
      EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
    }
  };
  refused(made_up_run({0.1}), "2 / 1 samples");
  other.dataset = "e";
  refused(made_up_run({0.1, 0.2}, other), "dataset digest d / e");
  other = {};
  other.signature = "cider|v:2";
  refused(made_up_run({0.1, 0.2}, other), "cider: v:1 / v:2");
  const auto one = made_up_run({0.1, 0.2}), two = pooled({{0.1, 0.2}, {0.1, 0.3}});
  EXPECT_THROW(PairedRuns(one, two, {}), Error);
}

/// Two systems of the same quality: how often is their difference taken for real?
double false_alarms(double seed_luck, double decoding_luck, bool widened) {
  constexpr int kTrials = 400, kSeeds = 4, kImages = 60;
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  int alarms = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> images(kImages);
    for (double& image : images) image = normal(random);
    std::vector<std::vector<double>> side[2];
    for (auto& seeds : side) {
      for (int k = 0; k < kSeeds; ++k) {
        const double luck = seed_luck * normal(random);
        auto& values = seeds.emplace_back();
        for (const double image : images) {
          values.push_back(image + luck + decoding_luck * normal(random));
        }
      }
    }
    const Run a = pooled(side[0]), b = pooled(side[1]);
    const PairedRuns runs(a, b, {});
    ComparisonOptions options;
    options.resamples = 400;
    options.interval = IntervalMethod::kPercentile;
    const ScoreDifference d = compare(runs, options).scores[0];
    Interval interval = d.interval;
    if (!widened) {
      const double factor = runs.seed_errors()[0].widening;
      interval.low = d.difference + (interval.low - d.difference) / factor;
      interval.high = d.difference + (interval.high - d.difference) / factor;
    }
    alarms += interval.low > 0 || interval.high < 0;
  }
  return static_cast<double>(alarms) / kTrials;
}

// 5 % wanted; the binomial interval of 400 trials is 2.9 to 7.6 %, the percentile bootstrap of 60
// images a little liberal.
TEST(Seeds, LuckOfWholeRunsIsInTheIntervals) {
  EXPECT_GT(false_alarms(0.1, 0.3, false), 0.25);
  const double with = false_alarms(0.1, 0.3, true);
  EXPECT_LT(with, 0.085);
  EXPECT_GT(with, 0.01);
}

TEST(Seeds, LuckOfDecodingIsWithoutWidening) {
  EXPECT_LT(false_alarms(0, 0.3, false), 0.085);
  EXPECT_LT(false_alarms(0, 0.3, true), 0.085);
}

TEST(Seeds, TheErrorIsThatOfTheMeansOfRuns) {
  const auto a = pooled({{0.1, 0.3, 0.2}, {0.2, 0.4, 0.3}}),
             b = pooled({{0.5, 0.3, 0.1}, {0.5, 0.3, 0.1}});
  const PairedRuns runs(a, b, {});
  // Means of a: 0.2 and 0.3, variance 0.005; of b: none. Two seeds.
  EXPECT_NEAR(runs.seed_errors()[0].error, std::sqrt(0.005 / 2), 1e-12);
  const Comparison found = compare(runs, {.resamples = 100});
  EXPECT_NE(found.signature.find("|seeds:2|"), std::string::npos) << found.signature;
  EXPECT_GE(runs.seed_errors()[0].widening, 1);
}

}  // namespace
}  // namespace vernier

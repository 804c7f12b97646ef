// Swap tests against enumeration by hand, and how often they alarm where nothing differs.
#include "results/statistics/swaps/swap_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace vernier {
namespace {

using Differences = std::vector<std::vector<double>>;  // by statistic, by pair

/// Means of second side - first side.
std::vector<SwapTest> test_means(const Differences& differences, const SwapOptions& options) {
  const std::vector<Tail> tails(differences.size(), Tail::kBoth);
  return swap_test(
      differences[0].size(), tails,
      [&]() -> PairStatistics {
        return [&](Arrangement sides, std::span<double> out) {
          for (std::size_t k = 0; k < differences.size(); ++k) {
            double sum = 0, pairs = 0;
            for (std::size_t i = 0; i < sides.size(); ++i) {
              sum += sides[i] * differences[k][i];
              pairs += sides[i] != 0;
            }
            out[k] = sum / pairs;
          }
        };
      },
      options);
}

TEST(Swaps, MeetTheExactSignTest) {
  const std::vector<double> up = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const auto tests = test_means({up}, {.draws = 40000});
  EXPECT_DOUBLE_EQ(tests[0].value, 5.5);
  EXPECT_NEAR(tests[0].expected, 0, 0.05);
  // Of 1024 arrangements two are as far: all as they are and all swapped.
  EXPECT_NEAR(tests[0].p, 2.0 / 1024, 0.0008);
  EXPECT_DOUBLE_EQ(tests[0].corrected, tests[0].p);
  // One pair left out at a time: the standard error of the mean.
  EXPECT_NEAR(tests[0].error, std::sqrt(82.5 / 9 / 10), 1e-12);
}

TEST(Swaps, RelatedStatisticsCostNothingAndOthersAreCorrected) {
  const std::vector<double> up = {1, 2, 3, 4, 5, 6, 7, 8, -1, 3};
  std::vector<double> twice = up;
  for (double& value : twice) value *= 2;
  const auto same = test_means({up, twice}, {.draws = 1999});
  EXPECT_DOUBLE_EQ(same[0].corrected, same[0].p);
  EXPECT_DOUBLE_EQ(same[1].p, same[0].p);
  const std::vector<double> mixed = {1, -2, 3, -4, 5, -6, 7, -8, 9, -4};
  const auto two = test_means({mixed, up}, {.draws = 1999});
  EXPECT_GT(two[1].corrected, two[1].p);
  EXPECT_LE(two[1].corrected, 2 * two[1].p + 0.01) << "no worse than Bonferroni";
  EXPECT_GE(two[0].corrected, two[1].corrected) << "in the order of their scores";
}

TEST(Swaps, WhatIsConstantOrUndefinedIsNoAlarm) {
  const std::vector<double> none(8, 0.0), bad(8, NAN), up = {1, 2, 1, 2, 1, 2, 1, 2};
  const auto tests = test_means({none, bad, up}, {.draws = 999});
  EXPECT_EQ(tests[0].p, 1);
  EXPECT_EQ(tests[0].corrected, 1);
  EXPECT_TRUE(std::isnan(tests[1].p) && std::isnan(tests[1].corrected));
  EXPECT_LT(tests[2].p, 0.05);
  EXPECT_DOUBLE_EQ(tests[2].corrected, tests[2].p) << "the others cannot be as far";
}

TEST(Swaps, DivergencesAreTestedUpwards) {
  // |sum|: its mean over arrangements is noise, and less than that is no alarm.
  const auto size = [](double scale) {
    return swap_test(30, std::vector<Tail>{Tail::kLarge},
                     [scale]() -> PairStatistics {
                       return [scale](Arrangement sides, std::span<double> out) {
                         double sum = 0;
                         for (std::size_t i = 0; i < sides.size(); ++i) {
                           sum += sides[i] * (i % 2 == 0 ? 1.0 : scale);
                         }
                         out[0] = std::abs(sum);
                       };
                     },
                     {.draws = 999})[0];
  };
  EXPECT_GT(size(1).expected, 3);
  EXPECT_LT(size(1).p, 0.01);
  EXPECT_GT(size(-1).p, 0.99);
}

TEST(Swaps, AlarmsStayWithinTheLevel) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  int alarms = 0;
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    Differences differences(5, std::vector<double>(40));
    for (std::size_t i = 0; i < 40; ++i) {
      const double common = normal(random);
      for (auto& one : differences) one[i] = std::pow(common + normal(random), 3);
    }
    bool alarm = false;
    for (const SwapTest& test : test_means(differences, {.draws = 199, .seed = trial})) {
      alarm = alarm || test.corrected <= 0.05;
    }
    alarms += alarm;
  }
  EXPECT_LE(alarms, 21);  // 10 expected at most; more than 21 has a probability below 0.0005
  EXPECT_GE(alarms, 1) << "never an alarm: the test is blind";
}

TEST(Swaps, ThreadsChangeNothing) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  Differences differences(3, std::vector<double>(300));
  for (auto& one : differences) {
    for (double& value : one) value = normal(random) + 0.1;
  }
  const auto one = test_means(differences, {.draws = 500, .threads = 1});
  const auto four = test_means(differences, {.draws = 500, .threads = 4});
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(one[k].expected, four[k].expected);
    EXPECT_EQ(one[k].error, four[k].error);
    EXPECT_EQ(one[k].p, four[k].p);
    EXPECT_EQ(one[k].corrected, four[k].corrected);
  }
}

}  // namespace
}  // namespace vernier

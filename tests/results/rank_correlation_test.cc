#include "results/statistics/rank_correlation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace vernier {
namespace {

// All pairs, one by one.
KendallCounts by_pairs(const std::vector<double>& x, const std::vector<double>& y) {
  KendallCounts counts;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = i + 1; j < x.size(); ++j) {
      ++counts.pairs;
      const double product = (x[i] - x[j]) * (y[i] - y[j]);
      counts.concordant += product > 0;
      counts.discordant += product < 0;
      counts.ties_x += x[i] == x[j];
      counts.ties_y += y[i] == y[j];
      counts.ties_both += x[i] == x[j] && y[i] == y[j];
    }
  }
  return counts;
}

TEST(Kendall, CountsWhatAllPairsSay) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = random() % 60;
    const auto kinds = 1 + random() % 20;
    std::vector<double> x(n), y(n);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = static_cast<double>(random() % kinds);
      y[i] = static_cast<double>(random() % 7);
    }
    const KendallCounts got = kendall(x, y), want = by_pairs(x, y);
    EXPECT_EQ(got.pairs, want.pairs);
    EXPECT_EQ(got.concordant, want.concordant);
    EXPECT_EQ(got.discordant, want.discordant);
    EXPECT_EQ(got.ties_x, want.ties_x);
    EXPECT_EQ(got.ties_y, want.ties_y);
    EXPECT_EQ(got.ties_both, want.ties_both);
  }
}

// The example in the documentation of scipy.stats.kendalltau; 2 pairs are concordant, 6 discordant,
// and x has 3 different values, y 4: tau-c = 2 * 3 * (2 - 6) / (25 * 2).
TEST(Kendall, WorkedExample) {
  const std::vector<double> x = {12, 2, 1, 12, 2}, y = {1, 4, 7, 1, 0};
  const KendallCounts counts = kendall(x, y);
  EXPECT_NEAR(counts.tau_b(), -0.4714045207910317, 1e-15);
  EXPECT_NEAR(counts.tau_c(x.size()), -0.48, 1e-15);
}

TEST(Kendall, ConstantListsHaveNoCoefficient) {
  const std::vector<double> x = {1, 1, 1}, y = {1, 2, 3};
  EXPECT_TRUE(std::isnan(kendall(x, y).tau_b()));
  EXPECT_TRUE(std::isnan(kendall(x, y).tau_c(3)));
  EXPECT_TRUE(std::isnan(pearson(x, y)));
  EXPECT_TRUE(std::isnan(kendall({}, {}).tau_b()));
}

TEST(Pearson, OfLinesIsOne) {
  const std::vector<double> x = {1, 2, 3, 4}, y = {2, 4, 6, 8}, z = {-1, -2, -3, -4};
  EXPECT_DOUBLE_EQ(pearson(x, y), 1);
  EXPECT_DOUBLE_EQ(pearson(x, z), -1);
}

}  // namespace
}  // namespace vernier

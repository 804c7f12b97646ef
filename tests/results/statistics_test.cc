// Random numbers, distributions, intervals and exact tests against published or independent values.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <mutex>
#include <numeric>

#include "results/statistics/intervals/clustered_mean.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/normal.h"
#include "results/statistics/resampling/philox.h"
#include "results/statistics/resampling/resampled_sums.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

// Known answers of the Random123 distribution (kat_vectors).
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, NumbersBelowAreUniform) {
  PhiloxStream stream(7, 3);
  std::vector<int> counts(6);
  for (int i = 0; i < 60000; ++i) ++counts[stream.below(6)];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 400);  // 4.4 standard deviations
}

TEST(Normal, QuantilesOfTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.8), 0.8416212335729143, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-13);
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(normal_quantile(1.5)));
  for (double p = 0.001; p < 1; p += 0.001) EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-15);
}

TEST(Interval, QuantilesInterpolate) {
  const std::vector<double> values = {1, 2, 4, 8};
  EXPECT_EQ(quantile_of_sorted(values, 0), 1);
  EXPECT_EQ(quantile_of_sorted(values, 1), 8);
  EXPECT_EQ(quantile_of_sorted(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(values, 0.9), 4 + 4 * 0.7);
}

TEST(Interval, UndefinedReplicatesGiveNoInterval) {
  const Interval interval =
      bootstrap_interval({1, NAN, 2}, 1, std::vector<double>{1, 2}, 0.025, IntervalMethod::kBca);
  EXPECT_TRUE(std::isnan(interval.low) && std::isnan(interval.high));
}

TEST(Interval, BcaOfSymmetricReplicatesIsThePercentileInterval) {
  std::vector<double> replicates;
  for (int i = -500; i <= 500; ++i) replicates.push_back(i);
  // Left-out values of no skewness.
  const std::vector<double> left_out = {-1, 1, -2, 2};
  const Interval bca = bootstrap_interval(replicates, 0, left_out, 0.05, IntervalMethod::kBca);
  EXPECT_NEAR(bca.low, -450, 1e-9);
  EXPECT_NEAR(bca.high, 450, 1e-9);
}

TEST(Tests, McNemarIsTheTwoSidedBinomialTest) {
  EXPECT_EQ(mcnemar_p(0, 0), 1);
  EXPECT_EQ(mcnemar_p(7, 7), 1);
  EXPECT_NEAR(mcnemar_p(1, 5), 2 * (1 + 6) / 64.0, 1e-15);
  EXPECT_NEAR(mcnemar_p(0, 10), 2 / 1024.0, 1e-16);
  EXPECT_NEAR(mcnemar_p(10, 25), 0.01667384780012071, 1e-14);
  EXPECT_GT(mcnemar_p(100000, 101000), 0.02);
  EXPECT_EQ(mcnemar_p(25, 10), mcnemar_p(10, 25));
}

TEST(Tests, HolmStepsDown) {
  const std::vector<double> p = {0.01, 0.04, 0.03, NAN, 0.005};
  const std::vector<double> got = holm(p);
  EXPECT_DOUBLE_EQ(got[4], 0.02);
  EXPECT_DOUBLE_EQ(got[0], 0.03);
  EXPECT_DOUBLE_EQ(got[2], 0.06);
  EXPECT_DOUBLE_EQ(got[1], 0.06) << "never smaller than a more significant one";
  EXPECT_TRUE(std::isnan(got[3]));
  EXPECT_EQ(holm(std::vector<double>{0.9, 0.8})[0], 1);
}

TEST(Tests, DetectableEffectIsTwoPointEightErrors) {
  EXPECT_NEAR(minimum_detectable(1, 0.05, 0.8), 2.8015852181, 1e-9);
}

ClusterTable numbered_table(std::size_t clusters, std::size_t width) {
  ClusterTable table(clusters, width);
  for (std::size_t c = 0; c < clusters; ++c) {
    for (std::size_t k = 0; k < width; ++k) {
      table.row(c)[k] = k == 0 ? 1 : std::sin(static_cast<double>(c * width + k));
    }
  }
  return table;
}

std::vector<std::vector<double>> resample(const ClusterTable& table, Weighting weighting,
                                          std::size_t resamples, unsigned threads) {
  std::vector<std::vector<double>> out(resamples);
  std::mutex mutex;
  resampled_sums(table, weighting, {resamples, 11, threads},
                 [&](std::size_t r, std::span<const double> sums) {
                   const std::lock_guard lock(mutex);
                   EXPECT_TRUE(out[r].empty()) << "resample " << r << " came twice";
                   out[r].assign(sums.begin(), sums.end());
                 });
  return out;
}

TEST(ResampledSums, TheSameBitsForEveryNumberOfThreads) {
  const ClusterTable table = numbered_table(1000, 13);
  for (const Weighting weighting : {Weighting::kBootstrap, Weighting::kCoin}) {
    const auto one = resample(table, weighting, 50, 1);
    EXPECT_EQ(one, resample(table, weighting, 50, 2));
    EXPECT_EQ(one, resample(table, weighting, 50, 7));
    // A longer series begins with the shorter one.
    auto longer = resample(table, weighting, 99, 2);
    longer.resize(50);
    EXPECT_EQ(one, longer);
  }
}

TEST(ResampledSums, ABootstrapSampleHasAsManyClusters) {
  const ClusterTable table = numbered_table(777, 3);
  for (const auto& sums : resample(table, Weighting::kBootstrap, 20, 1)) EXPECT_EQ(sums[0], 777);
}

TEST(ResampledSums, CoinsAreFair) {
  const ClusterTable table = numbered_table(1000, 1);
  double heads = 0;
  for (const auto& sums : resample(table, Weighting::kCoin, 100, 1)) heads += sums[0];
  EXPECT_NEAR(heads, 50000, 700);  // 4.4 standard deviations of 158
}

// The mean and the spread of a bootstrapped mean are known.
TEST(ResampledSums, BootstrapSpreadIsTheStandardError) {
  const ClusterTable table = numbered_table(400, 2);
  const std::vector<double> total = table.total();
  double variance = 0;
  for (std::size_t c = 0; c < 400; ++c) {
    variance += std::pow(table.row(c)[1] - total[1] / 400, 2) / 400;
  }
  double mean = 0, square = 0;
  const auto samples = resample(table, Weighting::kBootstrap, 20000, 2);
  for (const auto& sums : samples) {
    mean += sums[1] / 400 / 20000;
    square += sums[1] * sums[1] / 400 / 400 / 20000;
  }
  const double expected = std::sqrt(variance / 400);
  EXPECT_NEAR(mean, total[1] / 400, 5 * expected / std::sqrt(20000));
  EXPECT_NEAR(std::sqrt(square - mean * mean), expected, 0.03 * expected);
}

TEST(ClusteredMean, IsOfCasesAndItsIntervalOfClusters) {
  // 40 clusters of 1 to 4 cases that are all 0 or all 1: as if there were 40 cases, not 100.
  ClusterTable table(40, 2);
  double sum = 0, cases = 0;
  for (std::size_t c = 0; c < 40; ++c) {
    const double n = 1 + static_cast<double>(c % 4);
    table.row(c)[0] = c % 3 == 0 ? n : 0;
    table.row(c)[1] = n;
    sum += table.row(c)[0];
    cases += n;
  }
  const ClusteredMean mean = clustered_mean(table, 0.05, {.resamples = 4000});
  EXPECT_DOUBLE_EQ(mean.value, sum / cases);
  // By the variance of a ratio (Cochran 1977, 6.4).
  double squares = 0;
  for (std::size_t c = 0; c < 40; ++c) {
    const double off = table.row(c)[0] - mean.value * table.row(c)[1];
    squares += off * off;
  }
  const double error = std::sqrt(squares * 40 / 39) / cases;
  EXPECT_NEAR(mean.high - mean.low, 2 * 1.96 * error, 0.15 * error);
  EXPECT_LT(mean.low, mean.value);
  EXPECT_GT(mean.high, mean.value);
}

TEST(ClusteredMean, OneClusterHasNoInterval) {
  ClusterTable table(1, 2);
  table.row(0)[0] = 3;
  table.row(0)[1] = 4;
  const ClusteredMean mean = clustered_mean(table, 0.05, {});
  EXPECT_EQ(mean.value, 0.75);
  EXPECT_TRUE(std::isnan(mean.low));
  EXPECT_TRUE(std::isnan(mean.high));
}

}  // namespace
}  // namespace vernier

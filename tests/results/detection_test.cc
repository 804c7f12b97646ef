// Average precision and ROC area, worked by hand.
#include "results/statistics/detection.h"

#include <gtest/gtest.h>

#include <cmath>

namespace vernier {
namespace {

Detection measure(const std::vector<double>& scores, const std::vector<bool>& bad,
                  const std::vector<std::uint16_t>& weights = {}) {
  std::vector<std::uint32_t> clusters(scores.size());
  for (std::uint32_t i = 0; i < clusters.size(); ++i) clusters[i] = i;
  return RankedCases(scores, bad, clusters).measure(weights);
}

TEST(Detection, CountsPrecisionWhereRecallRises) {
  // Bad ones on places 1 and 3 of 4: (1/1 + 2/3) / 2; of four pairs one is the wrong way round.
  const Detection one = measure({0.9, 0.8, 0.7, 0.1}, {true, false, true, false});
  EXPECT_DOUBLE_EQ(one.average_precision, (1.0 + 2.0 / 3.0) / 2.0);
  EXPECT_DOUBLE_EQ(one.area, 0.75);
}

TEST(Detection, FindsTiesTogether) {
  // All equal: precision is the share of bad ones at the only threshold.
  const Detection all = measure({1, 1, 1, 1}, {true, false, false, false});
  EXPECT_DOUBLE_EQ(all.average_precision, 0.25);
  EXPECT_DOUBLE_EQ(all.area, 0.5);
  // A bad one alone on top, then one of each: (1 + 2/3) / 2; pairs 1 and 1/2.
  const Detection some = measure({3, 2, 2}, {true, true, false});
  EXPECT_DOUBLE_EQ(some.average_precision, (1.0 + 2.0 / 3.0) / 2.0);
  EXPECT_DOUBLE_EQ(some.area, 0.75);
}

TEST(Detection, WeighsClustersAsCopies) {
  const Detection twice = measure({0.9, 0.8, 0.7}, {false, true, true}, {2, 0, 3});
  const Detection copies = measure({0.9, 0.9, 0.7, 0.7, 0.7}, {false, false, true, true, true});
  EXPECT_DOUBLE_EQ(twice.average_precision, copies.average_precision);
  EXPECT_DOUBLE_EQ(twice.area, copies.area);
}

TEST(Detection, IsUndefinedWithoutBothKinds) {
  EXPECT_TRUE(std::isnan(measure({1, 2}, {false, false}).average_precision));
  const Detection only_bad = measure({1, 2}, {true, true});
  EXPECT_DOUBLE_EQ(only_bad.average_precision, 1);
  EXPECT_TRUE(std::isnan(only_bad.area));
}

}  // namespace
}  // namespace vernier

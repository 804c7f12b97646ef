// Effects of positions: against definitions written out, and on planted curves.
#include "results/statistics/position/position_effects.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "results/statistics/position/contrasts.h"

namespace vernier {
namespace {

/// Every image of `groups` groups of `size` at every position once; value = what `effect` says of
/// the position (0 to 1) + the image's own level + noise. `keep`: the share of values kept.
template <class Effect>
std::vector<PositionValue> planted(std::uint32_t groups, std::uint32_t size, double noise,
                                   double keep, std::uint32_t seed, Effect effect) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  std::vector<PositionValue> values;
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::uint32_t i = 0; i < size; ++i) {
      const double level = 3 * normal(random);
      for (std::uint32_t p = 0; p < size; ++p) {
        const double value = level + effect(double(p) / (size - 1)) + noise * normal(random);
        if (uniform(random) < keep) values.push_back({g * size + i, g, p, value});
      }
    }
  }
  return values;
}

PositionOptions few_draws(std::uint64_t seed = 1) {
  PositionOptions options;
  options.draws = 999;
  options.seed = seed;
  return options;
}

TEST(Contrasts, AreLeastSquares) {
  const Contrasts contrasts(5);
  std::vector<double> line, bow;
  for (int k = 0; k < 5; ++k) {
    line.push_back(2 + 3 * k);
    bow.push_back(1 - 4 * k + 0.5 * k * k);
  }
  EXPECT_NEAR(contrasts.slope(line), 3, 1e-12);
  EXPECT_NEAR(contrasts.curvature(line), 0, 1e-12);
  EXPECT_NEAR(contrasts.curvature(bow), 0.5, 1e-12);
  EXPECT_NEAR(contrasts.recency(std::vector<double>{1, 9, 9, 9, 4}), 3, 1e-12);
  EXPECT_NEAR(Contrasts(6).recency(std::vector<double>{1, 3, 9, 9, 4, 6}), 3, 1e-12);
  EXPECT_EQ(Contrasts(2).curvature(std::vector<double>{1, 5}), 0);
}

TEST(PositionEffects, OfABalancedDesignAreMeans) {
  const auto values = planted(5, 4, 1, 1, 7, [](double x) { return x; });
  const PositionEffects found = position_effects(values, 4, few_draws());
  EXPECT_TRUE(found.balanced);
  for (std::uint32_t p = 0; p < 4; ++p) {
    double sum = 0, n = 0;
    for (const PositionValue& v : values) {
      if (v.position != p) continue;
      sum += v.value;
      ++n;
    }
    EXPECT_NEAR(found.means[p].mean, sum / n, 1e-9);
    EXPECT_EQ(found.means[p].values, 20u);
    EXPECT_LT(found.means[p].low, found.means[p].mean);
    EXPECT_GT(found.means[p].high, found.means[p].mean);
  }
}

// Values without noise: least squares finds the effects whatever is missing, where plain means
// would mix them up with the images' levels.
TEST(PositionEffects, OfAnUnbalancedDesignAreLeastSquares) {
  const auto values = planted(8, 5, 0, 0.5, 3, [](double x) { return 10 * x * x; });
  const PositionEffects found = position_effects(values, 5, few_draws());
  ASSERT_EQ(found.undefined, "");
  EXPECT_FALSE(found.balanced);
  for (std::size_t p = 1; p < 5; ++p) {
    const double x = double(p) / 4;
    EXPECT_NEAR(found.means[p].mean - found.means[0].mean, 10 * x * x, 1e-9);
  }
}

TEST(PositionEffects, PlantedCurvesAreFound) {
  for (const double keep : {1.0, 0.7}) {
    const auto recency =
        position_effects(planted(20, 5, 1, keep, 5, [](double x) { return x; }), 5, few_draws());
    EXPECT_LT(recency.slope.p, 0.01);
    EXPECT_GT(recency.slope.value, 0);
    EXPECT_LT(recency.recency.p, 0.01);
    EXPECT_LT(recency.any.p, 0.01);
    const auto bowl = position_effects(
        planted(20, 5, 1, keep, 6, [](double x) { return 4 * (x - 0.5) * (x - 0.5); }), 5,
        few_draws());
    EXPECT_LT(bowl.curvature.p, 0.01);
    EXPECT_GT(bowl.curvature.value, 0);
    EXPECT_GT(bowl.slope.p, 0.01);
  }
}

TEST(PositionEffects, WithoutAnyEffectPValuesAreUniform) {
  int below = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    PositionOptions options = few_draws(seed);
    options.draws = 199;
    const auto none = position_effects(
        planted(6, 3, 1, seed % 2 == 0 ? 1 : 0.8, 100 + seed, [](double) { return 0; }), 3,
        options);
    below += none.any.p <= 0.1;
  }
  EXPECT_GT(below, 8);  // 20 expected; both ends are out of reach by chance (p < 0.002)
  EXPECT_LT(below, 34);
}

TEST(PositionEffects, InconsistencyIsTheMeanDifferenceWithinImages) {
  const std::vector<PositionValue> values = {
      {0, 0, 0, 1}, {0, 0, 1, 0}, {1, 0, 1, 1}, {1, 0, 0, 1}, {2, 0, 0, 5}};
  EXPECT_DOUBLE_EQ(position_effects(values, 2, few_draws()).inconsistency, 0.5);
}

TEST(PositionEffects, ConstantValuesHaveNone) {
  const auto found =
      position_effects(planted(3, 3, 0, 1, 1, [](double) { return 0; }), 3, few_draws());
  EXPECT_NEAR(found.spread, 0, 1e-12);
  EXPECT_GT(found.any.p, 0.9);
}

TEST(PositionEffects, OneOrderTellsNothing) {
  std::vector<PositionValue> values;
  for (std::uint32_t i = 0; i < 12; ++i) values.push_back({i, i / 4, i % 4, double(i % 4)});
  EXPECT_NE(position_effects(values, 4, few_draws()).undefined, "");
  // Two sets of positions that no image joins.
  const std::vector<PositionValue> apart = {{0, 0, 0, 1}, {0, 0, 1, 2}, {1, 0, 2, 1}, {1, 0, 3, 2}};
  EXPECT_NE(position_effects(apart, 4, few_draws()).undefined, "");
  // And a position that nothing stood at.
  EXPECT_NE(position_effects(std::vector<PositionValue>{{0, 0, 0, 1}, {0, 0, 1, 2}}, 3, few_draws())
                .undefined,
            "");
}

TEST(DiagonalP, FindsWhatStandsOnTheDiagonal) {
  const std::size_t groups = 12;
  std::vector<double> counts(groups * groups, 3);
  EXPECT_GT(diagonal_p(counts, groups, few_draws()), 0.99) << "as large as beside it";
  for (std::size_t g = 0; g < groups; ++g) counts[g * groups + g] = 5;
  EXPECT_LE(diagonal_p(counts, groups, few_draws()), 0.001);
  EXPECT_EQ(diagonal_p(std::vector<double>{7}, 1, few_draws()), 1);
}

}  // namespace
}  // namespace vernier

#include "judges/engine/quantisation/rounding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "judges/engine/container/values/convert.h"

namespace vernier::engine {
namespace {

std::vector<float> normal(std::size_t n, unsigned seed, float mean = 0) {
  std::mt19937 chance(seed);
  std::normal_distribution<float> weight(mean, 0.02F);
  std::vector<float> out(n);
  std::ranges::generate(out, [&] { return weight(chance); });
  return out;
}

// By hand: smallest -3, largest 4.5, so scale 0.5 and zero point 6.
TEST(RoundToNearest, AGroupByHand) {
  std::vector<float> weights(32, 0.0F);
  weights[0] = -3;
  weights[1] = 4.5F;
  weights[2] = 0.7F;
  weights[3] = -0.25F;  // ties go to even
  weights[4] = 0.75F;
  const QuantisedMatrix q = round_to_nearest(weights, 1, 32, {4, 32}, 1);
  EXPECT_EQ(q.scales[0], 0.5F);
  EXPECT_EQ(q.offsets[0], -3.0F);
  EXPECT_EQ(std::vector<int>(q.codes.begin(), q.codes.begin() + 6),
            (std::vector<int>{0, 15, 7, 6, 8, 6}));
  EXPECT_EQ(q.at(0, 0), -3.0F);
  EXPECT_EQ(q.at(0, 2), 0.5F);
  EXPECT_EQ(q.at(0, 5), 0.0F);
}

class Rounded : public testing::TestWithParam<Rounding> {};

TEST_P(Rounded, NoWeightIsOffByMoreThanHalfAStep) {
  const Rounding rounding = GetParam();
  for (const float mean : {0.0F, 0.5F, -0.5F}) {
    const std::vector<float> weights = normal(std::size_t{24} * 256, 1, mean);
    const QuantisedMatrix q = round_to_nearest(weights, 24, 256, rounding, 1);
    for (std::size_t n = 0; n < 24; ++n) {
      for (std::size_t k = 0; k < 256; ++k) {
        const float scale = q.scales[n * q.groups() + k / rounding.group];
        // The ends of the codes can be half a step from the ends of the weights.
        ASSERT_LE(std::abs(q.at(n, k) - weights[n * 256 + k]), scale * 1.01F) << n << " " << k;
      }
    }
    const float zero = -q.offsets[0] / q.scales[0];
    EXPECT_EQ(zero, std::round(zero));
    EXPECT_GE(zero, static_cast<float>(rounding.least_zero));
    EXPECT_LE(*std::ranges::max_element(q.codes), rounding.top());
    EXPECT_EQ(q.scales[0], float_of_half(half_of(q.scales[0])));
  }
}

TEST_P(Rounded, TheSameForAnyThreadsAndAsNumbers) {
  const Rounding rounding = GetParam();
  const std::vector<float> weights = normal(std::size_t{70} * 256, 2);
  const QuantisedMatrix one = round_to_nearest(weights, 70, 256, rounding, 1);
  const QuantisedMatrix three = round_to_nearest(weights, 70, 256, rounding, 3);
  EXPECT_EQ(one.codes, three.codes);
  EXPECT_EQ(one.scales, three.scales);
  EXPECT_EQ(one.offsets, three.offsets);
  std::vector<float> numbers = weights;
  round_weights(numbers, 70, 256, rounding, 3, numbers);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    ASSERT_EQ(numbers[i], one.at(i / 256, i % 256)) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Ways, Rounded,
                         testing::Values(Rounding{4, 32}, Rounding{4, 128}, Rounding{8, 64},
                                         Rounding{4, 256}, Rounding{4, 128, 4},
                                         Rounding{4, 64, 0, 1}, Rounding{8, 128, 0, 1}));

TEST(RoundToNearest, FinerCodesAreCloser) {
  const std::vector<float> weights = normal(std::size_t{64} * 256, 3);
  double last = std::numeric_limits<double>::infinity();
  for (const Rounding& rounding :
       {Rounding{4, 128, 4}, Rounding{4, 128}, Rounding{4, 32}, Rounding{8, 128}}) {
    std::vector<float> numbers(weights.size());
    round_weights(weights, 64, 256, rounding, 1, numbers);
    double error = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      error += std::pow(static_cast<double>(numbers[i]) - static_cast<double>(weights[i]), 2);
    }
    EXPECT_LT(error, last);
    last = error;
  }
}

TEST(RoundToNearest, ZerosStayZeros) {
  const std::vector<float> weights(128, 0.0F);
  const QuantisedMatrix q = round_to_nearest(weights, 1, 128, {}, 1);
  for (std::size_t k = 0; k < 128; ++k) EXPECT_EQ(q.at(0, k), 0.0F);
}

}  // namespace
}  // namespace vernier::engine

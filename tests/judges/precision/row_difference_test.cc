// Two rows of logits, and the memory for many.
#include "judges/precision/reading/row_difference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "judges/precision/reading/kept_rows.h"

namespace vernier::logits {
namespace {

std::vector<float> random_row(unsigned seed, std::size_t size, float spread) {
  std::mt19937 random(seed);
  std::vector<float> out(size);
  for (float& x : out) x = (static_cast<float>(random() % 20001) / 10000.0F - 1) * spread;
  return out;
}

std::vector<float> moved(std::vector<float> row, unsigned seed, float by) {
  const std::vector<float> steps = random_row(seed, row.size(), by);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] += steps[i];
  return row;
}

std::vector<long double> probabilities(const std::vector<float>& row) {
  std::vector<long double> out;
  long double sum = 0;
  for (const float x : row) sum += out.emplace_back(std::exp(static_cast<long double>(x)));
  for (long double& p : out) p /= sum;
  return out;
}

TEST(RowDifference, IsWhatLongSumsGive) {
  RowDifference difference;
  for (const float step : {1e-3F, 0.1F, 3.0F}) {
    for (const std::size_t size : {2U, 17U, 5000U}) {
      const std::vector<float> a = random_row(1, size, 8), b = moved(a, 2, step);
      const auto p = probabilities(a), q = probabilities(b);
      long double kl = 0, offset = 0, mean = 0, largest = 0;
      for (std::size_t i = 0; i < size; ++i) kl += p[i] * std::log(p[i] / q[i]);
      for (std::size_t i = 0; i < size; ++i) offset += static_cast<long double>(b[i]) - a[i];
      offset /= static_cast<long double>(size);
      for (std::size_t i = 0; i < size; ++i) {
        const long double d = std::abs(static_cast<long double>(b[i]) - a[i] - offset);
        mean += d / static_cast<long double>(size);
        largest = std::max(largest, d);
      }
      const TokenDrift drift = difference(a, b, 1);
      EXPECT_NEAR(drift.kl, static_cast<double>(kl), 1e-9 * static_cast<double>(kl) + 1e-15)
          << step << ' ' << size;
      EXPECT_NEAR(drift.log_p_a, static_cast<double>(std::log(p[1])), 1e-12);
      EXPECT_NEAR(drift.log_p_b, static_cast<double>(std::log(q[1])), 1e-12);
      EXPECT_NEAR(drift.mean_delta, static_cast<double>(mean), 1e-12);
      EXPECT_NEAR(drift.max_delta, static_cast<double>(largest), 1e-12);
      EXPECT_EQ(drift.best_a, std::ranges::max_element(a) - a.begin());
      EXPECT_EQ(drift.best_b, std::ranges::max_element(b) - b.begin());
    }
  }
}

TEST(RowDifference, EqualRowsDoNotDifferAtAll) {
  const std::vector<float> row = random_row(3, 999, 30);
  const TokenDrift drift = RowDifference()(row, row, 500);
  EXPECT_EQ(drift.kl, 0);
  EXPECT_EQ(drift.mean_delta, 0);
  EXPECT_EQ(drift.max_delta, 0);
  EXPECT_EQ(drift.log_p_a, drift.log_p_b);
  EXPECT_TRUE(drift.same_top());
}

TEST(RowDifference, WhatAllLogitsHaveInCommonIsNoDifference) {
  const std::vector<float> a = {1, 2.5F, -3, 0.25F}, b = {1001, 1002.5F, 997, 1000.25F};
  const TokenDrift drift = RowDifference()(a, b, 2);
  EXPECT_NEAR(drift.kl, 0, 1e-15);
  EXPECT_NEAR(drift.max_delta, 0, 1e-12);
  EXPECT_NEAR(drift.log_p_a, drift.log_p_b, 1e-12);
}

TEST(RowDifference, HugeLogitsAreFiniteAndBrokenOnesAreNot) {
  const TokenDrift apart =
      RowDifference()(std::vector<float>{3e4F, -3e4F, 0}, std::vector<float>{-3e4F, 3e4F, 0}, 0);
  EXPECT_NEAR(apart.kl, 6e4, 1e-6);
  EXPECT_EQ(apart.log_p_a, 0);
  EXPECT_FALSE(apart.same_top());
  const std::vector<float> broken = {1, NAN, 0}, infinite = {1, INFINITY, 0}, whole = {1, 2, 0};
  EXPECT_TRUE(std::isnan(RowDifference()(broken, whole, 0).kl));
  EXPECT_TRUE(std::isnan(RowDifference()(whole, broken, 0).kl));
  EXPECT_FALSE(std::isfinite(RowDifference()(whole, infinite, 0).kl));
}

TEST(KeptRows, HoldNoMoreThanTheyMay) {
  constexpr std::size_t kWidth = 3000, kBytes = 5'000'000;  // 416 rows, blocks of 87
  KeptRows rows(kWidth, kBytes);
  EXPECT_EQ(rows.most(), kBytes / (kWidth * sizeof(float)));
  EXPECT_EQ(rows.bytes(), 0U);
  std::vector<std::size_t> numbers;
  for (int round = 0; round < 2; ++round) {  // the second one uses the same memory
    numbers.clear();
    for (std::size_t i = 0; i < rows.most(); ++i) {
      const auto number = rows.add(std::vector<float>(kWidth, static_cast<float>(i + 7)));
      ASSERT_TRUE(number);
      numbers.push_back(*number);
      if (round == 0 && i == 0) {
        EXPECT_LE(rows.bytes(), std::size_t{1} << 20);
      }
    }
    EXPECT_FALSE(rows.add(std::vector<float>(kWidth)));
    EXPECT_LE(rows.bytes(), kBytes);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      ASSERT_EQ(rows.row(numbers[i]).size(), kWidth);
      EXPECT_EQ(rows.row(numbers[i]).front(), static_cast<float>(i + 7));
      EXPECT_EQ(rows.row(numbers[i]).back(), static_cast<float>(i + 7));
    }
    rows.clear();
  }
}

TEST(KeptRows, HaveRoomForOneHoweverWide) {
  KeptRows rows(1'000'000, 1);
  EXPECT_EQ(rows.most(), 1U);
  EXPECT_TRUE(rows.add(std::vector<float>(1'000'000)));
  EXPECT_FALSE(rows.add(std::vector<float>(1'000'000)));
}

}  // namespace
}  // namespace vernier::logits

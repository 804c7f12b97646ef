// What two models expected, in a few numbers.
#include "results/precision/logit_summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "results/precision/greedy_summary.h"

namespace vernier {
namespace {

/// 40 texts of 1 to 40 tokens of 20 pictures, of which the odd ones drift more.
std::vector<LogitPlace> made_up() {
  std::mt19937 random(4);
  const auto number = [&] { return static_cast<double>(random() % 10'000) / 10'000; };
  std::vector<LogitPlace> out;
  for (std::size_t text = 0; text < 40; ++text) {
    for (std::size_t t = 0; t <= text; ++t) {
      LogitPlace place;
      place.cluster = text % 20 * 3;  // numbers need not be consecutive
      place.kl = number() * (text % 2 == 0 ? 0.1 : 1.0);
      place.log_p_a = -3 * number();
      place.log_p_b = place.log_p_a - 0.1 + 0.05 * number();
      place.same_top = number() < 0.9;
      place.mean_delta = number();
      place.max_delta = 3 + number();
      out.push_back(place);
    }
  }
  return out;
}

double mean(const std::vector<LogitPlace>& places, const auto& value) {
  double sum = 0;
  for (const LogitPlace& place : places) sum += value(place);
  return sum / static_cast<double>(places.size());
}

void expect_inside(const ClusteredMean& mean) {
  EXPECT_LT(mean.low, mean.value);
  EXPECT_LT(mean.value, mean.high);
}

TEST(LogitSummary, MeansAndPercentilesOfAllPlaces) {
  const std::vector<LogitPlace> places = made_up();
  const LogitSummary all = summarise_logits(places, {});
  EXPECT_EQ(all.places, 820U);
  EXPECT_EQ(all.clusters, 20U);
  const auto kl = [](const LogitPlace& p) { return p.kl; };
  EXPECT_NEAR(all.kl.value, mean(places, kl), 1e-12);
  EXPECT_NEAR(all.same_top.value,
              mean(places, [](const LogitPlace& p) { return p.same_top ? 1.0 : 0.0; }), 1e-12);
  const auto delta = [](const LogitPlace& p) { return std::exp(p.log_p_b) - std::exp(p.log_p_a); };
  EXPECT_NEAR(all.delta_p.value, mean(places, delta), 1e-12);
  EXPECT_NEAR(all.delta_p_rms.value,
              std::sqrt(mean(places, [&](const LogitPlace& p) { return delta(p) * delta(p); })),
              1e-12);
  const double loss_a = mean(places, [](const LogitPlace& p) { return -p.log_p_a; });
  const double loss_b = mean(places, [](const LogitPlace& p) { return -p.log_p_b; });
  EXPECT_NEAR(all.perplexity_a.value, std::exp(loss_a), 1e-12);
  EXPECT_NEAR(all.perplexity_b.value, std::exp(loss_b), 1e-12);
  EXPECT_NEAR(all.log_ratio.value, loss_b - loss_a, 1e-12);
  for (const ClusteredMean* m :
       {&all.kl, &all.same_top, &all.mean_delta, &all.delta_p, &all.delta_p_rms, &all.perplexity_a,
        &all.perplexity_b, &all.log_ratio}) {
    expect_inside(*m);
  }
  std::vector<double> sorted;
  sorted.reserve(places.size());
  for (const LogitPlace& place : places) sorted.push_back(place.kl);
  std::ranges::sort(sorted);
  EXPECT_NEAR(all.kl_median, (sorted[409] + sorted[410]) / 2, 1e-12);
  EXPECT_NEAR(all.kl_90, sorted[737] + 0.1 * (sorted[738] - sorted[737]), 1e-12);
  EXPECT_EQ(all.kl_max, sorted.back());
  EXPECT_LT(all.kl_90, all.kl_99);
  EXPECT_LT(all.kl_99, all.kl_999);
  EXPECT_TRUE(std::ranges::is_sorted(all.delta_p_percentiles));
  EXPECT_LT(all.delta_p_percentiles.front(), all.delta_p_percentiles.back());
  EXPECT_GT(all.max_delta, 3.9);
}

TEST(LogitSummary, TheErrorOfARatioIsOfWholePictures) {
  // The same tokens as if each were of a picture of its own: less seems to be known.
  std::vector<LogitPlace> places = made_up();
  for (LogitPlace& place : places) {
    place.log_p_b = place.log_p_a - (place.cluster % 2 == 0 ? 0.2 : 0.1);
  }
  const double by_picture = summarise_logits(places, {}).log_ratio_error;
  // Ratio of sums, by the formula for the error of a ratio estimator.
  std::vector<double> sums(60), counts(60);
  for (const LogitPlace& place : places) {
    sums[place.cluster] += place.log_p_a - place.log_p_b;
    ++counts[place.cluster];
  }
  double ratio = 0;
  for (const double sum : sums) ratio += sum / 820;
  double squares = 0;
  for (std::size_t c = 0; c < 60; ++c) squares += std::pow(sums[c] - ratio * counts[c], 2);
  EXPECT_NEAR(by_picture, std::sqrt(squares * 20 / 19) / 820, 0.05 * by_picture);
  for (std::size_t i = 0; i < places.size(); ++i) places[i].cluster = i;
  EXPECT_LT(summarise_logits(places, {}).log_ratio_error, 0.5 * by_picture);
}

TEST(LogitSummary, ModelsThatDoNotDiffer) {
  std::vector<LogitPlace> places = made_up();
  for (LogitPlace& place : places) {
    place.kl = place.mean_delta = place.max_delta = 0;
    place.log_p_b = place.log_p_a;
    place.same_top = true;
  }
  const LogitSummary all = summarise_logits(places, {});
  EXPECT_EQ(all.kl.value, 0);
  EXPECT_EQ(all.kl.high, 0);
  EXPECT_EQ(all.same_top.value, 1);
  EXPECT_EQ(all.same_top.low, 1);
  EXPECT_EQ(all.delta_p_rms.value, 0);
  EXPECT_EQ(all.log_ratio.value, 0);
  EXPECT_EQ(all.log_ratio_error, 0);
  EXPECT_EQ(all.perplexity_a.value, all.perplexity_b.value);
}

TEST(LogitSummary, TheSameBitsForAnyNumberOfThreads) {
  const std::vector<LogitPlace> places = made_up();
  const LogitSummary one = summarise_logits(places, {.threads = 1});
  const LogitSummary three = summarise_logits(places, {.threads = 3});
  EXPECT_EQ(one.kl.low, three.kl.low);
  EXPECT_EQ(one.log_ratio.high, three.log_ratio.high);
  EXPECT_EQ(one.log_ratio_error, three.log_ratio_error);
}

TEST(LogitSummary, WhatIsNotKnownIsNotANumber) {
  const LogitSummary none = summarise_logits({}, {});
  EXPECT_EQ(none.places, 0U);
  EXPECT_TRUE(std::isnan(none.kl.value));
  EXPECT_TRUE(std::isnan(none.kl_max));
  EXPECT_TRUE(std::isnan(none.delta_p_percentiles[3]));
  const std::vector<LogitPlace> single(3);
  const LogitSummary one = summarise_logits(single, {});
  EXPECT_EQ(one.clusters, 1U);
  EXPECT_EQ(one.kl.value, 0);
  EXPECT_TRUE(std::isnan(one.kl.low)) << "one picture has no interval";
  EXPECT_TRUE(std::isnan(one.log_ratio_error));
}

TEST(GreedySummary, CountsThoseThatDifferApart) {
  std::vector<GreedyCase> cases;
  for (std::size_t i = 0; i < 40; ++i) {
    GreedyCase one;
    one.cluster = i / 2;
    one.equal = i % 4 != 0;  // 10 differ, after 0, 4, ... 36 tokens
    if (!one.equal) {
      one.common = i;
      one.gap = static_cast<double>(i) / 100;
      one.second = i >= 20;
    }
    cases.push_back(one);
  }
  const GreedySummary all = summarise_greedy(cases, {});
  EXPECT_EQ(all.answers, 40U);
  EXPECT_EQ(all.clusters, 20U);
  EXPECT_EQ(all.differ, 10U);
  EXPECT_EQ(all.equal.value, 0.75);
  expect_inside(all.equal);
  EXPECT_EQ(all.common.value, 18);
  EXPECT_EQ(all.common_median, 18);
  EXPECT_NEAR(all.gap.value, 0.18, 1e-12);
  EXPECT_NEAR(all.gap_median, 0.18, 1e-12);
  EXPECT_NEAR(all.gap_90, 0.324, 1e-12);
  EXPECT_EQ(all.gap_max, 0.36);
  EXPECT_EQ(all.second.value, 0.5);
}

TEST(GreedySummary, WithoutADifferenceNothingIsKnownOfIt) {
  const std::vector<GreedyCase> same(4, {.cluster = 1, .equal = true});
  const GreedySummary all = summarise_greedy(same, {});
  EXPECT_EQ(all.equal.value, 1);
  EXPECT_EQ(all.differ, 0U);
  EXPECT_TRUE(std::isnan(all.common.value));
  EXPECT_TRUE(std::isnan(all.gap_max));
  EXPECT_EQ(summarise_greedy({}, {}).answers, 0U);
}

}  // namespace
}  // namespace vernier

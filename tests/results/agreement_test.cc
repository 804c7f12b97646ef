// Agreement of scores with ratings, against the definitions taken literally.
#include "results/agreement/agreement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "results/statistics/agreement/ranked_pairs.h"
#include "results/statistics/rank_correlation.h"
#include "results/statistics/student.h"

namespace vernier {
namespace {

using Values = std::vector<double>;

struct Dice {
  std::mt19937 engine;
  explicit Dice(unsigned seed) : engine(seed) {}
  /// 0 ... n - 1.
  unsigned operator()(unsigned n) { return static_cast<unsigned>(engine()) % n; }
};

// The lists in which every pair stands as often as its cluster weighs.
std::pair<Values, Values> repeated(const Values& x, const Values& y,
                                   const std::vector<std::uint32_t>& clusters,
                                   const std::vector<std::uint16_t>& weights) {
  std::pair<Values, Values> out;
  for (std::size_t i = 0; i < x.size(); ++i) {
    out.first.insert(out.first.end(), weights[clusters[i]], x[i]);
    out.second.insert(out.second.end(), weights[clusters[i]], y[i]);
  }
  return out;
}

double sign(double value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

// tau-b and tau-c pair by pair.
std::pair<double, double> taus(const Values& x, const Values& y) {
  double sum = 0, untied_x = 0, untied_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = i + 1; j < x.size(); ++j) {
      sum += sign(x[i] - x[j]) * sign(y[i] - y[j]);
      untied_x += x[i] != x[j];
      untied_y += y[i] != y[j];
    }
  }
  const auto distinct = [](Values values) {
    std::sort(values.begin(), values.end());
    return std::unique(values.begin(), values.end()) - values.begin();
  };
  const auto m = static_cast<double>(std::min(distinct(x), distinct(y)));
  const auto n = static_cast<double>(x.size());
  return {sum / std::sqrt(untied_x * untied_y), 2 * sum * m / (n * n * (m - 1))};
}

// 1 + how many are less, and half of the others that are equal.
Values ranks_by_counting(const Values& values) {
  Values out;
  for (const double value : values) {
    double rank = 0.5;
    for (const double other : values) rank += other < value ? 1 : other == value ? 0.5 : 0;
    out.push_back(rank);
  }
  return out;
}

void expect_same(double got, double want, const char* what) {
  if (std::isnan(want)) {
    EXPECT_TRUE(std::isnan(got)) << what << ' ' << got;
  } else {
    EXPECT_NEAR(got, want, 1e-12) << what;
  }
}

TEST(RankedPairs, EveryWeightingIsTheListsWrittenOut) {
  Dice dice(7);
  RankedPairs::Scratch scratch;
  int defined = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 1 + dice(40);
    const unsigned clusters = 1 + dice(8), kinds_x = 1 + dice(30),
                   kinds_y = 1 + dice(round % 2 ? 4 : 30);
    Values x(n), y(n);
    std::vector<std::uint32_t> cluster(n);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = 0.1 * (dice(kinds_x)) + 1e3;
      y[i] = 0.3 * (dice(kinds_y)) - 7;
      cluster[i] = dice(clusters);
    }
    const RankedPairs pairs(x, y, cluster);
    std::vector<std::uint16_t> weights(pairs.clusters());
    for (auto& weight : weights) weight = static_cast<std::uint16_t>(dice(4));
    const Correlations got = pairs.measure(weights, scratch);
    const auto [xs, ys] = repeated(x, y, cluster, weights);
    const auto [tau_b, tau_c] = taus(xs, ys);
    expect_same(got.tau_b, tau_b, "tau-b");
    expect_same(got.tau_c, tau_c, "tau-c");
    expect_same(got.tau_b, kendall(xs, ys).tau_b(), "Knight's tau-b");
    expect_same(got.spearman, pearson(ranks_by_counting(xs), ranks_by_counting(ys)), "Spearman");
    EXPECT_NEAR(std::isnan(got.pearson) ? 0 : got.pearson, std::isnan(tau_b) ? 0 : pearson(xs, ys),
                1e-9);
    defined += !std::isnan(tau_b);
  }
  EXPECT_GT(defined, 150);
}

TEST(RankedPairs, HugeAndFarNumbers) {
  RankedPairs::Scratch scratch;
  const std::vector<std::uint32_t> clusters = {0, 1, 2};
  const std::vector<std::uint16_t> once = {1, 1, 1};
  const Correlations huge =
      RankedPairs(Values{-1e308, 0, 1e308}, Values{1, 2, 3}, clusters).measure(once, scratch);
  EXPECT_DOUBLE_EQ(huge.pearson, 1);
  const Correlations far = RankedPairs(Values{1e12, 1e12 + 1, 1e12 + 2}, Values{3, 2, 1}, clusters)
                               .measure(once, scratch);
  EXPECT_DOUBLE_EQ(far.pearson, -1);
  EXPECT_DOUBLE_EQ(far.tau_b, -1);
}

TEST(Spearman, SharesTheRanksOfEqualValues) {
  EXPECT_EQ(mid_ranks(Values{3, 1, 3, 2}), (Values{3.5, 1, 3.5, 2}));
  // Ranks 1 2.5 2.5 4 and 2 1 3 4, less 2.5: products 0.75 + 0 + 0 + 2.25; squares 4.5 and 5.
  EXPECT_NEAR(spearman(Values{1, 2, 2, 9}, Values{5, 4, 6, 7}), 3 / std::sqrt(22.5), 1e-15);
  EXPECT_TRUE(std::isnan(spearman(Values{1, 1}, Values{1, 2})));
  EXPECT_TRUE(mid_ranks({}).empty());
}

// 0.1 three times has a mean that is not 0.1.
TEST(Pearson, EqualNumbersAreConstantWhateverTheirMean) {
  EXPECT_TRUE(std::isnan(pearson(Values{0.1, 0.1, 0.1}, Values{1, 2, 4})));
  EXPECT_TRUE(std::isnan(pearson(Values{1, 2, 4}, Values(10, 0.7))));
}

TEST(Preferences, TiesCountAsTheRuleSays) {
  PreferenceCounts counts;
  counts.add(2, 1);
  counts.add(1, 2);
  counts.add(3, 2);
  counts.add(1, 1);
  EXPECT_EQ(counts, (PreferenceCounts{2, 1, 1}));
  EXPECT_DOUBLE_EQ(counts.accuracy(TieRule::kWrong), 0.5);
  EXPECT_DOUBLE_EQ(counts.accuracy(TieRule::kHalf), 0.625);
  EXPECT_DOUBLE_EQ(counts.accuracy(TieRule::kSkip), 2.0 / 3);
  EXPECT_TRUE(std::isnan(PreferenceCounts{}.accuracy(TieRule::kWrong)));
  EXPECT_TRUE(std::isnan((PreferenceCounts{0, 0, 4}.accuracy(TieRule::kSkip))));
}

TEST(Preferences, OfRatingsAreThePairsTheyDoNotTie) {
  Dice dice(11);
  for (int round = 0; round < 100; ++round) {
    Values scores(dice(30)), ratings(scores.size());
    for (double& score : scores) score = dice(6);
    for (double& rating : ratings) rating = dice(4);
    PreferenceCounts want;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      for (std::size_t j = 0; j < scores.size(); ++j) {
        if (ratings[i] > ratings[j]) want.add(scores[i], scores[j]);
      }
    }
    EXPECT_EQ(rated_preferences(scores, ratings), want);
  }
}

// Textbook values: t = 2.776 with 4 degrees of freedom and 1.96 with many leave 5 %; with one
// degree T is Cauchy's, p = 1 - 2 atan(t) / pi.
TEST(Student, KnownTails) {
  EXPECT_NEAR(student_p(2.7764451051977987, 4), 0.05, 1e-12);
  EXPECT_NEAR(student_p(-1.959963984540054, 1e6), 0.05, 1e-6);
  EXPECT_NEAR(student_p(3, 1), 1 - 2 * std::atan(3) / M_PI, 1e-14);
  EXPECT_EQ(student_p(0, 7), 1);
  EXPECT_TRUE(std::isnan(student_p(NAN, 7)));
}

// Worked by hand: r = .5, .3, .2 over 103: determinant 1 - .25 - .09 - .04 + .06 = .68; under the
// root 102 * 1.2 / (2 * .68 * 102 / 100 + .16 * .512) = 122.4 / 1.46912.
TEST(Williams, WorkedExample) {
  const WilliamsTest test = williams(0.5, 0.3, 0.2, 103);
  EXPECT_NEAR(test.t, 0.2 * std::sqrt(122.4 / 1.46912), 1e-12);
  EXPECT_NEAR(test.p, student_p(test.t, 100), 1e-15);
  EXPECT_NEAR(williams(0.3, 0.5, 0.2, 103).t, -test.t, 1e-12);
  EXPECT_TRUE(std::isnan(williams(0.5, 0.3, 0.2, 3).p));
  EXPECT_EQ(williams(0.5, 0.5, 1, 50).p, 1);
}

HumanJudgements made_up(std::size_t images, unsigned seed) {
  Dice dice(seed);
  HumanJudgements human;
  for (std::uint32_t i = 0; i < images; ++i) {
    for (int c = 0; c < 3; ++c) {
      human.images.push_back(i);
      const double rating = 1 + dice(4);
      human.ratings.push_back({rating, std::min(4.0, rating + dice(2))});
    }
  }
  return human;
}

ScoreColumn column(const HumanJudgements& human, std::string name, double noise, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  ScoreColumn out{std::move(name), {}, false};
  for (const auto& ratings : human.ratings) {
    out.values.push_back(ratings[0] + noise * normal(random));
  }
  return out;
}

TEST(Agreement, EachRatingOrTheirMean) {
  const HumanJudgements human = made_up(40, 1);
  const ScoreColumn score = column(human, "s", 1, 2);
  Values each_x, each_y, means;
  for (std::size_t c = 0; c < human.ratings.size(); ++c) {
    for (const double rating : human.ratings[c]) {
      each_x.push_back(score.values[c]);
      each_y.push_back(rating);
    }
    means.push_back((human.ratings[c][0] + human.ratings[c][1]) / 2);
  }
  const Agreement each = agreement(human, {score}, {});
  EXPECT_EQ(each.n, 240u);
  EXPECT_NEAR(each.scores[0].estimates[kTauC].value, kendall(each_x, each_y).tau_c(240), 1e-12);
  AgreementOptions options;
  options.use = RatingUse::kMean;
  const Agreement mean = agreement(human, {score}, options);
  EXPECT_EQ(mean.n, 120u);
  EXPECT_NEAR(mean.scores[0].estimates[kTauB].value, kendall(score.values, means).tau_b(), 1e-12);
  EXPECT_NEAR(mean.scores[0].estimates[kPearson].value, pearson(score.values, means), 1e-12);
}

TEST(Agreement, TheSameForAnyNumberOfThreads) {
  const HumanJudgements human = made_up(60, 3);
  const std::vector<ScoreColumn> scores = {column(human, "a", 1, 4), column(human, "b", 2, 5)};
  AgreementOptions options;
  options.resamples = 101;
  const Agreement one = agreement(human, scores, options);
  options.threads = 3;
  const Agreement three = agreement(human, scores, options);
  for (std::size_t k = 0; k < 2; ++k) {
    for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
      EXPECT_EQ(one.scores[k].estimates[s].interval, three.scores[k].estimates[s].interval);
    }
  }
  options.seed = 2;
  EXPECT_NE(agreement(human, scores, options).scores[0].estimates[kTauB].interval,
            one.scores[0].estimates[kTauB].interval);
}

// The interval of a mean is known: accuracy where each image has one pair is a share, whose
// standard error is sqrt(p (1 - p) / n).
TEST(Agreement, IntervalsAreAsWideAsTheTheorySays) {
  HumanJudgements human;
  ScoreColumn score{"s", {}, false};
  for (std::uint32_t i = 0; i < 400; ++i) {
    human.images.insert(human.images.end(), 2, i);
    human.preferences.push_back({2 * i, 2 * i + 1});
    score.values.push_back(i % 5 == 0 ? 0 : 2);
    score.values.push_back(1);
  }
  const Estimate accuracy = agreement(human, {score}, {}).scores[0].estimates[kAccuracy];
  EXPECT_DOUBLE_EQ(accuracy.value, 0.8);
  EXPECT_NEAR(accuracy.interval.low, 0.8 - 1.96 * 0.02, 0.004);
  EXPECT_NEAR(accuracy.interval.high, 0.8 + 1.96 * 0.02, 0.004);
}

// Twice the images with each caption copied into the second half is no more information: clusters
// are what is drawn.
TEST(Agreement, CopiesInsideAnImageDoNotNarrowTheInterval) {
  HumanJudgements human = made_up(50, 6);
  ScoreColumn score = column(human, "s", 1, 7);
  const Interval once = agreement(human, {score}, {}).scores[0].estimates[kPearson].interval;
  const auto twice = [](auto& values) {
    const auto copy = values;
    values.insert(values.end(), copy.begin(), copy.end());
  };
  twice(human.images);
  twice(human.ratings);
  twice(score.values);
  const Interval copied = agreement(human, {score}, {}).scores[0].estimates[kPearson].interval;
  EXPECT_NEAR(copied.low, once.low, 1e-12);
  EXPECT_NEAR(copied.high, once.high, 1e-12);
}

TEST(Agreement, TheCloserMetricIsFoundCloser) {
  const HumanJudgements human = made_up(80, 8);
  const std::vector<ScoreColumn> scores = {column(human, "near", 0.3, 9),
                                           column(human, "far", 3, 10)};
  const Agreement found = agreement(human, scores, {});
  ASSERT_EQ(found.differences.size(), 1u);
  const auto& tau = found.differences[0].of[kTauC];
  EXPECT_NEAR(tau.difference,
              found.scores[0].estimates[kTauC].value - found.scores[1].estimates[kTauC].value,
              1e-15);
  EXPECT_GT(tau.interval.low, 0);
  EXPECT_NEAR(tau.p, 2.0 / 2001, 1e-12);
  EXPECT_LT(found.differences[0].williams.p, 1e-6);
  const AgreementDifference same = agreement(human, {scores[0], scores[0]}, {}).differences[0];
  EXPECT_EQ(same.of[kTauC].p, 1);
  EXPECT_EQ(same.of[kTauC].interval, (Interval{0, 0}));
}

TEST(Agreement, LessIsBetterTurnsTheSign) {
  const HumanJudgements human = made_up(30, 12);
  ScoreColumn score = column(human, "s", 1, 13), turned = score;
  for (double& value : turned.values) value = -value;
  turned.less_is_better = true;
  const Agreement found = agreement(human, {score, turned}, {});
  for (std::size_t s = 0; s < kStatisticNames.size(); ++s) {
    EXPECT_EQ(found.scores[0].estimates[s].value, found.scores[1].estimates[s].value);
  }
}

TEST(Agreement, WhatIsUndefinedSaysWhy) {
  HumanJudgements human = made_up(20, 14);
  const ScoreColumn constant{"c", Values(60, 0.1), false};
  const ScoreAgreement flat = agreement(human, {constant}, {}).scores[0];
  for (const Statistic s : {kTauB, kTauC, kSpearman, kPearson}) {
    EXPECT_TRUE(std::isnan(flat.estimates[s].value));
    EXPECT_EQ(flat.estimates[s].undefined, "all scores are equal");
  }
  EXPECT_EQ(flat.estimates[kAccuracy].value, 0);
  EXPECT_EQ(flat.tie_rate, 1);
  EXPECT_EQ(flat.distinct_scores, 1u);
  for (auto& ratings : human.ratings) ratings = {2, 2};
  const ScoreAgreement equal = agreement(human, {column(human, "s", 1, 15)}, {}).scores[0];
  EXPECT_EQ(equal.estimates[kTauC].undefined, "all ratings are equal");
  EXPECT_EQ(equal.estimates[kAccuracy].undefined,
            "no two captions of an image with different ratings");
  HumanJudgements single{{0}, {{3}}, {}, {}, {}};
  const ScoreAgreement one = agreement(single, {{"s", {1}, false}}, {}).scores[0];
  EXPECT_EQ(one.estimates[kPearson].undefined, "fewer than two ratings");
  EXPECT_TRUE(std::isnan(one.tie_rate));
  HumanJudgements image{{0, 0}, {{1}, {2}}, {}, {}, {}};
  const ScoreAgreement two = agreement(image, {{"s", {1, 2}, false}}, {}).scores[0];
  EXPECT_DOUBLE_EQ(two.estimates[kTauB].value, 1);
  EXPECT_EQ(two.estimates[kTauB].no_interval, "fewer than two images");
}

TEST(Agreement, SystemsAreComparedByTheirMeans) {
  HumanJudgements human;
  human.system_names = {"a", "b", "c"};
  ScoreColumn score{"s", {}, false};
  // Means of people: 2, 3, 4; of the score: 1.5, 1, 2.
  const double ratings[3][2] = {{1, 3}, {3, 3}, {4, 4}}, scores[3][2] = {{1, 2}, {0, 2}, {2, 2}};
  for (std::uint32_t image = 0; image < 2; ++image) {
    for (std::uint32_t system = 0; system < 3; ++system) {
      human.images.push_back(image);
      human.systems.push_back(system);
      human.ratings.push_back({ratings[system][image]});
      score.values.push_back(scores[system][image]);
    }
  }
  const Agreement found = agreement(human, {score}, {});
  EXPECT_EQ(found.system_ratings, (Values{2, 3, 4}));
  EXPECT_EQ(found.scores[0].systems.scores, (Values{1.5, 1, 2}));
  EXPECT_NEAR(found.scores[0].systems.correlations[kPearson], 0.5, 1e-12);
  EXPECT_NEAR(found.scores[0].systems.correlations[kTauB], 1.0 / 3, 1e-12);
}

}  // namespace
}  // namespace vernier

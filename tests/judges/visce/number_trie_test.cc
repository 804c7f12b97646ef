// Numbers digit by digit, against every path enumerated.
#include "judges/visce/rating/number_trie.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <string>

namespace vernier::visce {
namespace {

/// A language model over digits and the end, drawn at random.
class ToyModel {
 public:
  explicit ToyModel(unsigned seed) : random_(seed) {}
  const NextChances& after(const std::string& digits) {
    const auto [known, fresh] = chances_.try_emplace(digits);
    if (fresh) {
      double sum = 0;
      std::exponential_distribution<double> weight;
      for (double& one : known->second.digits) sum += one = weight(random_);
      sum += known->second.end = 3 * weight(random_);
      sum += weight(random_);  // something else
      for (double& one : known->second.digits) one /= sum;
      known->second.end /= sum;
    }
    return known->second;
  }
  /// P(all digits) P(end).
  double probability(int n) {
    double p = 1;
    std::string before;
    for (const char c : std::to_string(n)) {
      p *= after(before).digits[static_cast<std::size_t>(c - '0')];
      before += c;
    }
    return p * after(before).end;
  }

 private:
  std::mt19937 random_;
  std::map<std::string, NextChances> chances_;
};

NumberChances walk(ToyModel& model, Scale scale, double prune, std::size_t* asked = nullptr) {
  NumberTrie trie(scale, prune);
  for (auto asks = trie.asks(); !asks.empty(); asks = trie.asks()) {
    std::vector<NextChances> next;
    for (const std::string& digits : asks) next.push_back(model.after(digits));
    if (asked != nullptr) *asked += asks.size();
    trie.tell(next);
  }
  return trie.chances();
}

TEST(NumberTrie, IsTheSumOverAllPaths) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    for (const Scale scale : {Scale{0, 100}, Scale{1, 5}, Scale{0, 10}, Scale{20, 370}}) {
      ToyModel model(seed);
      const NumberChances chances = walk(model, scale, 0);
      EXPECT_EQ(chances.pruned, 0);
      for (int n = scale.low; n <= scale.high; ++n) {
        ASSERT_NEAR(chances.p[static_cast<std::size_t>(n - scale.low)], model.probability(n), 1e-15)
            << n;
      }
    }
  }
}

TEST(NumberTrie, WhatIsNotFollowedIsCounted) {
  ToyModel model(7);
  std::size_t all = 0, few = 0;
  const NumberChances whole = walk(model, {}, 0, &all);
  const NumberChances pruned = walk(model, {}, 0.02, &few);
  EXPECT_LT(few, all / 2);
  EXPECT_GT(pruned.pruned, 0);
  EXPECT_LE(whole.mass() - pruned.mass(), pruned.pruned);
  EXPECT_GT(whole.mass(), pruned.mass());
}

TEST(NumberTrie, AsksForNoNumberThatIsNone) {
  NumberTrie trie({0, 100}, 0);
  NextChances any;
  any.digits.fill(0.1);
  trie.tell({any});
  EXPECT_EQ(trie.asks().size(), 10U);
  trie.tell(std::vector<NextChances>(10, any));
  // 10 to 99; neither 00 nor 01.
  EXPECT_EQ(trie.asks().size(), 90U);
  trie.tell(std::vector<NextChances>(90, any));
  EXPECT_EQ(trie.asks(), std::vector<std::string>{"100"});
}

TEST(NumberTrie, NumbersOfOneTokenNeedOneQuestion) {
  NumberTrie trie({0, 100}, 0.005);
  NextChances next;
  next.digits[0] = 0.1;
  next.whole.resize(101);
  next.whole[85] = 0.6;
  next.whole[100] = 0.2;
  trie.tell({next});
  EXPECT_TRUE(trie.asks().empty());
  const auto rating = rate(trie.chances());
  ASSERT_TRUE(rating);
  EXPECT_NEAR(rating->mass, 0.9, 1e-12);
  EXPECT_NEAR(rating->score, (85 * 0.6 + 100 * 0.2) / 0.9, 1e-12);
  EXPECT_EQ(rating->raw, 85);
}

TEST(NumberChances, InAFewNumbers) {
  NumberChances chances({0, 100});
  EXPECT_FALSE(rate(chances));
  chances.p[80] = 0.25;
  chances.p[90] = 0.25;
  const auto rating = rate(chances);
  ASSERT_TRUE(rating);
  EXPECT_DOUBLE_EQ(rating->score, 85);
  EXPECT_DOUBLE_EQ(rating->spread, 5);
  EXPECT_DOUBLE_EQ(rating->entropy_bits, 1);
  EXPECT_DOUBLE_EQ(rating->mass, 0.5);
  EXPECT_EQ(rating->raw, 80);  // the smaller of equals
  const std::vector<double> deciles = binned(chances, 10);
  EXPECT_DOUBLE_EQ(deciles[8], 0.5);
  EXPECT_DOUBLE_EQ(deciles[9], 0.5);
  chances.p[100] = 0.5;
  EXPECT_DOUBLE_EQ(binned(chances, 10)[9], 0.75);
  EXPECT_DOUBLE_EQ(on_hundred(3, {1, 5}), 50);
}

}  // namespace
}  // namespace vernier::visce

#include <gtest/gtest.h>

#include <random>

#include "metrics/spice/fast/heads.h"

namespace vernier::spice {
namespace {

using Heads = std::vector<std::uint16_t>;

bool is_tree(const Heads& heads) {
  if (std::count(heads.begin(), heads.end(), 0) != 1) return false;
  for (std::size_t n = 1; n <= heads.size(); ++n) {
    std::size_t at = n, steps = 0;
    while (at != 0 && ++steps <= heads.size()) at = heads[at - 1];
    if (at != 0) return false;
  }
  return true;
}

double total(const std::vector<float>& scores, const Heads& heads) {
  double sum = 0;
  for (std::size_t d = 0; d < heads.size(); ++d) sum += scores[d * (heads.size() + 1) + heads[d]];
  return sum;
}

TEST(HeadFinder, FindsTheBestOfAllTrees) {
  std::mt19937 random(1);
  HeadFinder finder;
  Heads heads;
  std::size_t not_greedy = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t words = 1 + random() % 5;
    std::vector<float> scores(words * (words + 1));
    std::normal_distribution<float> normal(0, 3);
    for (float& s : scores) s = normal(random);
    if (round % 4 == 0) {  // several words want to be under the root
      for (std::size_t d = 0; d < words; ++d) scores[d * (words + 1)] += 10;
    }
    double best = -1e9;
    Heads all(words, 0);
    while (true) {
      if (is_tree(all)) best = std::max(best, total(scores, all));
      std::size_t at = 0;
      while (at < words && all[at] == words) all[at++] = 0;
      if (at == words) break;
      ++all[at];
    }
    finder.find(scores, words, heads);
    ASSERT_TRUE(is_tree(heads));
    EXPECT_NEAR(total(scores, heads), best, 1e-4) << words << " words";
    double greedy = 0;
    for (std::size_t d = 0; d < words; ++d) {
      float highest = -1e9F;
      for (std::size_t h = 0; h <= words; ++h) {
        if (h != d + 1) highest = std::max(highest, scores[d * (words + 1) + h]);
      }
      greedy += highest;
    }
    not_greedy += greedy > best + 1e-4;
  }
  EXPECT_GT(not_greedy, 100u);  // the search was needed
}

TEST(HeadFinder, LongSentencesOfManyCyclesEnd) {
  constexpr std::size_t kWords = 500;
  std::mt19937 random(2);
  std::vector<float> scores(kWords * (kWords + 1));
  for (std::size_t d = 0; d < kWords; ++d) {
    for (std::size_t h = 0; h <= kWords; ++h) {
      scores[d * (kWords + 1) + h] = static_cast<float>(random() % 100);
    }
    scores[d * (kWords + 1) + (d ^ 1) + 1] = 1000;  // pairs that point at each other
  }
  HeadFinder finder;
  Heads heads;
  finder.find(scores, kWords, heads);
  EXPECT_TRUE(is_tree(heads));
}

}  // namespace
}  // namespace vernier::spice

// The bit-parallel LCS against the textbook's table.
#include "metrics/rouge/lcs/lcs.h"

#include <gtest/gtest.h>

#include <random>

namespace vernier {
namespace {

std::size_t table_length(const std::vector<WordId>& a, const std::vector<WordId>& b) {
  std::vector<std::size_t> row(b.size() + 1), last(b.size() + 1);
  for (const WordId word : a) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = word == b[j] ? last[j] + 1 : std::max(last[j + 1], row[j]);
    }
    std::swap(row, last);
  }
  return last[b.size()];
}

TEST(LcsLength, EqualsTheTable) {
  std::mt19937 random(7);
  LcsLength lcs;
  for (int i = 0; i < 4000; ++i) {
    const std::size_t longest = i % 4 == 0 ? 400 : 90;
    const auto draw = [&](std::size_t below) { return static_cast<WordId>(random() % below); };
    const WordId words = 1 + draw(i % 3 == 0 ? 3 : 60);
    std::vector<WordId> a(random() % longest), b(random() % longest);
    for (WordId& word : a) word = draw(words);
    for (WordId& word : b) word = draw(words + 2);
    if (i % 5 == 0 && !a.empty()) b.insert(b.begin(), a.begin(), a.begin() + a.size() / 2);
    if (i % 7 == 0 && !a.empty()) b.insert(b.end(), a.begin() + a.size() / 3, a.end());
    lcs.prepare(a);
    ASSERT_EQ(lcs.length(b), table_length(a, b)) << a.size() << " " << b.size();
    ASSERT_EQ(lcs.length(a), a.size());
  }
}

// Two texts of 60,000 different words each: a table would need 3.6e9 cells, masks of all words 450
// MB; strips need less than 2 MB.
TEST(LcsLength, LongTextsOfDistinctWords) {
  std::vector<WordId> a(60'000), b;
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<WordId>(i);
  for (std::size_t i = a.size(); i-- > 0;) b.push_back(static_cast<WordId>(i ^ 1));
  LcsLength lcs;
  lcs.prepare(a);
  EXPECT_EQ(lcs.length(b), 2u);
}

}  // namespace
}  // namespace vernier

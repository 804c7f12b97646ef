#include "judges/engine/serve/cache/prefix_tree.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"

namespace vernier::engine {
namespace {

constexpr PageLayout kLayout{1, 1, 16};

std::vector<Symbol> symbols(std::size_t n, Symbol first = 0) {
  std::vector<Symbol> out(n);
  std::iota(out.begin(), out.end(), first);
  return out;
}

class PrefixTreeTest : public testing::Test {
 protected:
  std::vector<Page> pages(std::size_t n) {
    std::vector<Page> out;
    for (std::size_t i = 0; i < n; ++i) out.push_back(pool_.take());
    return out;
  }

  std::unique_ptr<Backend> backend_ = make_cpu_backend(1);
  PagePool pool_{*backend_, kLayout, 20};
  PrefixTree tree_{pool_};
};

TEST_F(PrefixTreeTest, FindsTheLongestBeginning) {
  EXPECT_EQ(tree_.find(symbols(70)).tokens, 0U);
  const std::vector<Page> first = pages(3);
  tree_.insert(symbols(70), first);
  const PrefixTree::Match same = tree_.find(symbols(70));
  EXPECT_EQ(same.tokens, 70U);
  ASSERT_EQ(same.pages.size(), 3U);
  EXPECT_EQ(same.pages[2].data(), first[2].data());
  EXPECT_EQ(tree_.find(symbols(100)).tokens, 70U);
  EXPECT_EQ(tree_.find(symbols(40)).tokens, 40U);

  std::vector<Symbol> other = symbols(50);
  other[45] = 999;
  const PrefixTree::Match part = tree_.find(other);
  EXPECT_EQ(part.tokens, 45U);
  EXPECT_EQ(part.pages.size(), 2U);
  other[0] = 999;
  EXPECT_EQ(tree_.find(other).tokens, 0U);

  // Two that part within a page are both found.
  std::vector<Symbol> fork = symbols(60);
  fork[40] = 999;
  tree_.insert(fork, pages(2));
  EXPECT_EQ(tree_.find(fork).tokens, 60U);
  EXPECT_EQ(tree_.find(symbols(70)).tokens, 70U);
}

TEST_F(PrefixTreeTest, AnEndThatGrewReplacesTheShorterOne) {
  const std::vector<Page> page = pages(1);
  tree_.insert(symbols(10), page);
  tree_.insert(symbols(20), page);
  EXPECT_EQ(tree_.find(symbols(30)).tokens, 20U);
  tree_.insert(symbols(5), pages(1));
  EXPECT_EQ(tree_.find(symbols(30)).tokens, 20U);
  EXPECT_EQ(pool_.used(), 1U) << "a shorter copy is not kept";
}

TEST_F(PrefixTreeTest, ForgetsTheOldestThatNobodyUses) {
  tree_.insert(symbols(64, 0), pages(2));
  tree_.insert(symbols(64, 1000), pages(2));
  const std::vector<Page> used = pages(2);
  tree_.insert(symbols(64, 2000), used);
  tree_.find(symbols(64, 0));  // now younger than the second
  EXPECT_EQ(pool_.used(), 6U);
  tree_.make_room(16);
  EXPECT_EQ(pool_.used(), 4U);
  EXPECT_EQ(tree_.find(symbols(64, 1000)).tokens, 0U);
  EXPECT_EQ(tree_.find(symbols(64, 0)).tokens, 64U);
  tree_.make_room(20);
  EXPECT_EQ(pool_.used(), 2U) << "pages in use stay";
  EXPECT_EQ(tree_.find(symbols(64, 2000)).tokens, 64U);
}

TEST_F(PrefixTreeTest, LongChainsAreTakenApart) {
  PagePool pool(*backend_, kLayout, 1);
  const Page page = pool.take();
  PrefixTree tree(pool);
  const std::vector<Page> same(200'000, page);
  tree.insert(symbols(200'000 * kPageTokens), same);
  EXPECT_EQ(tree.find(symbols(320)).tokens, 320U);
}

TEST_F(PrefixTreeTest, PagesAreFreeAgain) {
  {
    std::vector<Page> some = pages(20);
    EXPECT_EQ(pool_.free(), 0U);
    some[0].data()[0] = 5;
    const Page shared = some[0];
    EXPECT_FALSE(shared.sole());
    some.clear();
    EXPECT_TRUE(shared.sole());
    EXPECT_EQ(pool_.free(), 19U);
    const Page copy = pool_.copy_of(shared);
    EXPECT_NE(copy.data(), shared.data());
    EXPECT_EQ(copy.data()[0], 5);
  }
  EXPECT_EQ(pool_.used(), 0U);
}

}  // namespace
}  // namespace vernier::engine

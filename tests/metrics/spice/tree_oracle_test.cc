// Trees, labels and relations of every stored parse can be read and are printed as they were.
#include <gtest/gtest.h>

#include "metrics/spice/syntax/relation.h"
#include "metrics/spice/syntax/tree.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {
namespace {

TEST(SpiceTreeOracle, EveryTreeIsReadAndPrintedAsItWas) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  std::size_t trees = 0;
  for (const std::string& name : kParseFiles) {
    for (const ParseBlock& block : read_parse_blocks(name)) {
      for (const ParseBlock::Sentence& sentence : block.sentences) {
        const auto read = spice::read_tree(sentence.tree);
        ASSERT_TRUE(read) << sentence.tree;
        ASSERT_EQ(spice::print_tree(read->tree, read->words), sentence.tree);
        ASSERT_EQ(std::vector<std::string>(read->words.begin(), read->words.end()), sentence.words);
        for (std::size_t n = 0; n < sentence.words.size(); ++n) {
          ASSERT_TRUE(spice::find_label(sentence.tags[n])) << sentence.tags[n];
          if (sentence.heads[n] < 0) continue;
          ASSERT_TRUE(spice::find_relation(sentence.relations[n])) << sentence.relations[n];
        }
        ++trees;
      }
    }
  }
  EXPECT_GT(trees, 56'000u);
}

}  // namespace
}  // namespace vernier::tests

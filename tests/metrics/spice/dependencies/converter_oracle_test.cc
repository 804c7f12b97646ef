// Every dependency that CoreNLP 3.6.0 made of the tree of a caption.
#include <gtest/gtest.h>

#include "tests/metrics/spice/dependencies/trees.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {
namespace {

std::string expected(const ParseBlock::Sentence& sentence) {
  std::string all;
  for (std::size_t n = 0; n < sentence.words.size(); ++n) {
    if (n > 0) all += ' ';
    all += sentence.heads[n] < 0 ? "-"
                                 : std::to_string(sentence.heads[n]) + ":" + sentence.relations[n];
  }
  return all;
}

TEST(SpiceConverterOracle, EveryDependencyIsTheSame) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  std::size_t trees = 0;
  for (const std::string& name : kParseFiles) {
    for (const ParseBlock& block : read_parse_blocks(name)) {
      for (const ParseBlock::Sentence& sentence : block.sentences) {
        EXPECT_EQ(dependencies_of(sentence.tree, sentence.lemmas), expected(sentence))
            << sentence.tree;
        ++trees;
      }
    }
  }
  EXPECT_GT(trees, 56'000u);
}

}  // namespace
}  // namespace vernier::tests

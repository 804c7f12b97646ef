// The collapsed, cc-processed graph of every stored parse that has one.
#include <gtest/gtest.h>

#include "metrics/spice/graph/collapse/collapse.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {
namespace {

TEST(SpiceGraphOracle, EveryGraphIsCollapsedAsCoreNlpDoesIt) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  spice::SentenceGraph graph;
  spice::Collapser collapser;
  std::size_t graphs = 0;
  for (const std::string& name : kParseFiles) {
    for (const ParseBlock& block : read_parse_blocks(name)) {
      std::size_t number = 0;
      for (const ParseBlock::Sentence& sentence : block.sentences) {
        if (sentence.edges.empty()) continue;
        const std::vector<std::string_view> words(sentence.words.begin(), sentence.words.end());
        ASSERT_TRUE(spice::start(words, parsed(sentence), number++, graph));
        collapser.collapse(graph);
        EXPECT_EQ(spice::print_edges(graph), sentence.edges) << block.caption;
        ++graphs;
      }
    }
  }
  EXPECT_GT(graphs, 21'000u);
}

}  // namespace
}  // namespace vernier::tests

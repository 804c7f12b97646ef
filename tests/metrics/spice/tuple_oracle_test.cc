// The tuples of every stored parse.
#include <gtest/gtest.h>

#include "metrics/spice/tuples/tuple_extractor.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {
namespace {

TEST(SpiceTupleOracle, EveryCaptionHasTheTuplesThatSpiceMadeInItsOrder) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  spice::TupleExtractor extractor;
  spice::TupleList tuples;
  std::size_t captions = 0;
  for (const std::string& name : kParseFiles) {
    for (const ParseBlock& block : read_parse_blocks(name)) {
      tuples.clear();
      std::size_t number = 0;
      for (const ParseBlock::Sentence& sentence : block.sentences) {
        const std::vector<std::string_view> words(sentence.words.begin(), sentence.words.end());
        ASSERT_TRUE(extractor.append(words, parsed(sentence), number++, tuples));
      }
      std::string expected;
      for (const std::string& tuple : block.tuples) {
        if (!expected.empty()) expected += '\t';
        expected += tuple;
      }
      EXPECT_EQ(spice::print_tuples(tuples), expected) << block.caption;
      ++captions;
    }
  }
  EXPECT_GT(captions, 56'000u);
}

}  // namespace
}  // namespace vernier::tests

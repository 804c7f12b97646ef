// The lemma of every token of the stored parses.
#include <gtest/gtest.h>

#include "metrics/spice/lemmas/lemma.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {
namespace {

TEST(SpiceLemmaOracle, EveryTokenHasTheLemmaThatCoreNlpGaveIt) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  std::size_t tokens = 0;
  for (const std::string& name : kParseFiles) {
    for (const ParseBlock& block : read_parse_blocks(name)) {
      for (const ParseBlock::Sentence& sentence : block.sentences) {
        for (std::size_t n = 0; n < sentence.words.size(); ++n) {
          std::string lemma;
          spice::append_lemma(sentence.words[n], spice::find_label(sentence.tags[n]).value(),
                              lemma);
          EXPECT_EQ(lemma, sentence.lemmas[n])
              << sentence.words[n] << " as " << sentence.tags[n] << " in: " << block.caption;
          ++tokens;
        }
      }
    }
  }
  EXPECT_GT(tokens, 600'000u);
}

}  // namespace
}  // namespace vernier::tests

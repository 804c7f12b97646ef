// Every dependency that CoreNLP 3.6.0 made of the tree of a caption.
#include <gtest/gtest.h>

#include "metrics/spice/dependencies/converter.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {
namespace {

using Sentence = ParseBlock::Sentence;

/// "governor:relation" of every word, in order.
std::string expected(const Sentence& sentence) {
  std::string text;
  for (std::size_t n = 0; n < sentence.words.size(); ++n) {
    if (sentence.heads[n] < 0) continue;
    text += std::to_string(n + 1) + "<" + std::to_string(sentence.heads[n]) + ":" +
            sentence.relations[n] + " ";
  }
  return text;
}

std::string converted(const Sentence& sentence, spice::DependencyConverter& converter) {
  const auto read = spice::read_tree(sentence.tree);
  std::vector<spice::Dependency> dependencies;
  converter.convert(
      read->tree, read->words, [&](std::size_t word) { return sentence.lemmas[word]; },
      dependencies);
  std::string text;
  for (const auto& [governor, dependent, relation] : dependencies) {
    text += std::to_string(dependent) + "<" + std::to_string(governor) + ":";
    text += spice::relation_name(relation);
    text += ' ';
  }
  return text;
}

TEST(SpiceConverterOracle, EveryDependencyIsTheSame) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  spice::DependencyConverter converter;
  std::size_t trees = 0;
  for (const std::string& name : kParseFiles) {
    for (const ParseBlock& block : read_parse_blocks(name)) {
      for (const Sentence& sentence : block.sentences) {
        EXPECT_EQ(converted(sentence, converter), expected(sentence)) << sentence.tree;
        ++trees;
      }
    }
  }
  EXPECT_GT(trees, 56'000u);
}

}  // namespace
}  // namespace vernier::tests

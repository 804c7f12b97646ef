// Compares the exact parser with the stored trees of CoreNLP 3.6.0.
#pragma once

#include "metrics/spice/chart/constituency_parser.h"
#include "tests/metrics/spice/parse_blocks.h"

namespace vernier::tests {

constexpr const char* kGrammarFile = "data/spice_grammar/englishPCFG.ser.gz";

inline const spice::ConstituencyParser& exact_parser() {
  static const spice::ConstituencyParser parser(
      spice::Grammar::read(shared(kGrammarFile).string()));
  return parser;
}

/// How many sentences of a file were parsed; each tree must be the stored one.
inline std::size_t compare_trees(const std::string& name) {
  spice::ConstituencyParser::Worker worker(exact_parser());
  spice::Tree tree;
  std::size_t sentences = 0;
  for (const ParseBlock& block : read_parse_blocks(name)) {
    for (const ParseBlock::Sentence& sentence : block.sentences) {
      const std::vector<std::string_view> words(sentence.words.begin(), sentence.words.end());
      EXPECT_TRUE(worker.parse(words, tree));
      EXPECT_EQ(spice::print_tree(tree, words), sentence.tree) << name << ": " << block.source;
      ++sentences;
    }
  }
  return sentences;
}

}  // namespace vernier::tests

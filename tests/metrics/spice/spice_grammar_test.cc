// The exact parser with a grammar of a few words: reading, damage, trees.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "base/error.h"
#include "metrics/spice/chart/constituency_parser.h"
#include "metrics/spice/grammar/file/grammar_reader.h"
#include "metrics/spice/grammar/grammar.h"
#include "tests/metrics/spice/java_grammar.h"

namespace vernier::tests {
namespace {

using spice::Grammar;

std::shared_ptr<const Grammar> grammar_of(const std::string& bytes) {
  return std::make_shared<const Grammar>(spice::read_grammar_tables(bytes, "small"));
}

std::string parse(const std::shared_ptr<const Grammar>& grammar,
                  const std::vector<std::string_view>& words, double* score = nullptr) {
  const spice::ConstituencyParser parser(grammar);
  spice::ConstituencyParser::Worker worker(parser);
  spice::Tree tree;
  EXPECT_TRUE(worker.parse(words, tree));
  if (score != nullptr) *score = worker.score();
  return spice::print_tree(tree, words);
}

/// What an attempt to use a file ends in: no message where it could be used.
std::string failure(const std::string& bytes) {
  try {
    const spice::ConstituencyParser parser(grammar_of(bytes));
    return {};
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.what();
  }
}

TEST(SpiceGrammar, ParsesWithASmallGrammar) {
  const auto grammar = grammar_of(SmallGrammar().write());
  double score = 0;
  EXPECT_EQ(parse(grammar, {"the", "dog", "runs"}, &score),
            "(ROOT (S (NP (DT the) (NN dog)) (VP (VBZ runs))))");
  const spice::Lexicon& lexicon = grammar->lexicon();
  const double words = double{lexicon.score("the", true, 0)} + lexicon.score("dog", false, 1) +
                       lexicon.score("runs", false, 2);
  EXPECT_NEAR(score, words - 0.125 - 0.5 - 0.25 - 1 - 1.5 - 0.75, 1e-4);
  EXPECT_EQ(parse(grammar, {"dog"}), "(ROOT (NP (NN dog)))");
  // A respelt word keeps its spelling in the tree; an unknown one is told by its shape.
  EXPECT_EQ(parse(grammar, {"the", "colour"}), "(ROOT (NP (DT the) (NN colour)))");
  EXPECT_EQ(parse(grammar, {"the", "wug", "flibs"}),
            "(ROOT (S (NP (DT the) (NN wug)) (VP (VBZ flibs))))");
}

TEST(SpiceGrammar, TheBestTreesBeginWithTheBest) {
  const spice::ConstituencyParser parser(grammar_of(SmallGrammar().write()));
  spice::ConstituencyParser::Worker worker(parser);
  spice::Tree tree;
  const std::vector<std::string_view> words = {"the", "dog", "runs"};
  ASSERT_TRUE(worker.parse(words, tree));
  const auto trees = worker.best_trees(10);
  ASSERT_FALSE(trees.empty());
  EXPECT_EQ(spice::print_tree(trees[0].tree, words), spice::print_tree(tree, words));
  EXPECT_NEAR(trees[0].score, worker.score(), 1e-4);
  ASSERT_TRUE(worker.parse(std::vector<std::string_view>(4, "the"), tree));
  EXPECT_TRUE(worker.best_trees(10).empty()) << "it has none but the flat one";
}

TEST(SpiceGrammar, WithoutATreeThereIsAFlatOne) {
  const auto grammar = grammar_of(SmallGrammar().write());
  EXPECT_EQ(parse(grammar, {"the", "the", "the", "the"}),
            "(X (XX the) (XX the) (XX the) (XX the))");
}

TEST(SpiceGrammar, AllTagsAreTriedBeforeGivingUp) {
  EXPECT_EQ(parse(grammar_of(SmallGrammar().write()), {"the", "the"}),
            "(ROOT (NP (DT the) (NN the)))");
}

TEST(SpiceGrammar, LongSentencesAreRefused) {
  const spice::ConstituencyParser parser(grammar_of(SmallGrammar().write()));
  spice::ConstituencyParser::Worker worker(parser);
  spice::Tree tree;
  EXPECT_FALSE(
      worker.parse(std::vector<std::string_view>(spice::kMostParsedWords + 1, "dog"), tree));
  EXPECT_TRUE(worker.parse(std::vector<std::string_view>(spice::kMostParsedWords, "dog"), tree));
}

TEST(SpiceGrammar, EveryTruncationIsRefused) {
  const std::string whole = SmallGrammar().write();
  EXPECT_EQ(failure(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(failure(whole.substr(0, size)), "") << size;
  }
  EXPECT_NE(failure(whole + '\0'), "");
}

TEST(SpiceGrammar, DamagedBytesAreRefusedOrHarmless) {
  const std::string whole = SmallGrammar().write();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int value : {0x00, 0x71, 0x72, 0x73, 0x75, 0x7F, 0xFF}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(value);
      failure(damaged);
    }
  }
}

TEST(SpiceGrammar, DeepNestingIsRefused) {
  std::string bytes = "\xAC\xED";
  bytes += std::string("\0\5", 2);
  for (int i = 0; i < 100000; ++i) bytes += "\x73\x72";  // an object whose class is an object …
  EXPECT_NE(failure(bytes), "");
  JavaWriter w;
  std::function<void(int)> nest = [&](int depth) {
    if (depth == 0) return w.null();
    w.object("Box", {{'L', "inside", [&] { nest(depth - 1); }}});
  };
  nest(1000);
  EXPECT_NE(failure(w.bytes()).find("nested too deep"), std::string::npos);
}

TEST(SpiceGrammar, OtherGrammarsAreRefused) {
  const auto refused = [](auto change) {
    SmallGrammar grammar;
    change(grammar);
    return failure(grammar.write());
  };
  EXPECT_NE(refused([](auto& g) { g.unknown_level = 4; }), "");
  EXPECT_NE(refused([](auto& g) {
              g.states[1] = "Q^S";
              g.rules = {};
            }),
            "");
  EXPECT_NE(refused([](auto& g) { g.rules[2].parent = "S^ROOT"; }), "");
  EXPECT_NE(refused([](auto& g) { g.rules[0].right = "nowhere"; }), "");
  EXPECT_NE(refused([](auto& g) { g.rules[0].left = "@NodeSet-2"; }), "");
  EXPECT_NE(refused([](auto& g) { g.rules[4].parent = "NN^NP"; }), "");
  EXPECT_NE(refused([](auto& g) { g.rules[0].score = std::nanf(""); }), "");
  EXPECT_NE(refused([](auto& g) { g.seen[0].count = INFINITY; }), "");
  EXPECT_NE(refused([](auto& g) { g.seen[0].word = 7; }), "");
  EXPECT_NE(refused([](auto& g) { g.tags[1] = "DT^NP"; }), "");
  EXPECT_NE(refused([](auto& g) { g.states[3] = "TOP"; }), "");
}

TEST(SpiceGrammar, RulesInCirclesEndInAnError) {
  SmallGrammar grammar;
  grammar.rules.push_back({"NP^S", "VP^S", "", 1});
  grammar.rules.push_back({"VP^S", "NP^S", "", 1});
  const spice::ConstituencyParser parser(grammar_of(grammar.write()));
  spice::ConstituencyParser::Worker worker(parser);
  spice::Tree tree;
  const std::vector<std::string_view> words = {"dog"};
  EXPECT_THROW(worker.parse(words, tree), Error);
}

TEST(SpiceGrammar, ReadsFilesAndSaysWhatIsWrongWithThem) {
  const std::string path = testing::TempDir() + "small.ser." + std::to_string(::getpid());
  std::ofstream(path, std::ios::binary) << SmallGrammar().write();
  const auto grammar = Grammar::read(path);
  EXPECT_EQ(grammar->digest(), grammar_of(SmallGrammar().write())->digest());
  std::ofstream(path, std::ios::binary) << "not a grammar";
  try {
    Grammar::read(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
    EXPECT_NE(std::string(error.what()).find("not a Java object stream"), std::string::npos);
  }
  ::unlink(path.c_str());
  try {
    Grammar::read(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kResource);
  }
}

}  // namespace
}  // namespace vernier::tests

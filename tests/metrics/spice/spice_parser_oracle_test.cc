// The exact parser against CoreNLP 3.6.0: its grammar, lexicon, scores and trees.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "base/error.h"
#include "metrics/spice/grammar/file/grammar_reader.h"
#include "tests/metrics/spice/parse_trees.h"

namespace vernier::tests {
namespace {

using spice::Grammar;

TEST(SpiceParserOracle, TheGrammarIsReadWhole) {
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  std::map<std::string, double> expected;
  for (const std::string& line : read_lines(shared("data/spice_grammar/expected_counts.tsv"))) {
    const std::vector<std::string> parts = split(line, '\t');
    expected[parts.at(0)] = std::strtod(parts.at(1).c_str(), nullptr);
  }
  std::map<std::string, double> found;
  const std::string bytes = spice::read_grammar_bytes(shared(kGrammarFile).string());
  found["unpacked_bytes"] = static_cast<double>(bytes.size());
  const spice::GrammarTables tables = spice::read_grammar_tables(bytes, "grammar");
  found["tags"] = static_cast<double>(tables.tags.size());
  found["words"] = static_cast<double>(tables.words.size());
  found["smooth_0"] = tables.smooth[0];
  found["smooth_1"] = tables.smooth[1];
  found["state_id_ROOT"] = tables.root;
  found["state_id_.$$."] = tables.tag_states[tables.boundary_tag];
  found["tag_id_.$$."] = tables.boundary_tag;
  const auto synthetic = [&](spice::StateId state) {
    return tables.states[state].find('@') != std::string::npos;
  };
  for (std::size_t i = 0; i < tables.states.size(); ++i) {
    found["states"] += 1;
    found["synthetic_states"] += synthetic(static_cast<spice::StateId>(i)) ? 1 : 0;
  }
  for (std::size_t i = 0; i < tables.words.size(); ++i) {
    if (tables.words[i] == ".$.") found["word_id_.$."] = static_cast<double>(i);
    if (tables.words[i] == "UNK") found["word_id_UNK"] = static_cast<double>(i);
  }
  for (const spice::BinaryRule& rule : tables.binary) {
    found["binary_rules"] += 1;
    found["sum_binary_scores"] += rule.score;
    found["sum_binary_parent_ids"] += rule.parent;
    found["sum_binary_left_ids"] += rule.left;
    found["sum_binary_right_ids"] += rule.right;
    found["rules_with_positive_score"] += rule.score > 0 ? 1 : 0;
    found[synthetic(rule.left)    ? "binary_rules_synthetic_left"
          : synthetic(rule.right) ? "binary_rules_synthetic_right"
                                  : "binary_rules_no_synthetic_child"] += 1;
  }
  const std::vector<bool> is_tag = [&] {
    std::vector<bool> set(tables.states.size());
    for (const spice::StateId state : tables.tag_states) set[state] = true;
    return set;
  }();
  for (const spice::UnaryRule& rule : tables.unary) {
    found["unary_rules_core"] += 1;
    found["unary_rules_core_with_tag_child"] += is_tag[rule.child] ? 1 : 0;
    found["sum_unary_scores"] += rule.score;
    found["sum_unary_parent_ids"] += rule.parent;
    found["sum_unary_child_ids"] += rule.child;
    found["rules_with_positive_score"] += rule.score > 0 ? 1 : 0;
  }
  const auto count = [&](const std::vector<spice::LexiconCount>& counts, const std::string& kind,
                         const char* word, bool word_alone) {
    for (const spice::LexiconCount& entry : counts) {
      found[kind + "_entries"] += 1;
      found["sum_" + kind + "_values"] += entry.count;
      if (entry.word >= 0 && entry.tag >= 0) found[kind + "_" + word + "_tag"] += 1;
      if (entry.word >= 0 && entry.tag < 0 && word_alone) found[kind + "_" + word] += 1;
      if (entry.word < 0 && entry.tag >= 0) found[kind + "_tag"] += 1;
      if (entry.word < 0 && entry.tag < 0) found[kind + "_total"] = entry.count;
    }
  };
  count(tables.seen, "seen", "word", true);
  count(tables.unseen, "unseen", "signature", true);
  const Grammar& grammar = exact_parser().grammar();
  found["open_class_tags"] = static_cast<double>(grammar.lexicon().open_class_tags());
  for (const spice::UnaryRule& rule : grammar.closed_rules()) {
    found["unary_rules_closed"] += 1;
    found["sum_closed_unary_scores"] += rule.score;
    found["sum_closed_unary_parent_ids"] += rule.parent;
    found["sum_closed_unary_child_ids"] += rule.child;
  }
  for (const auto& [name, value] : expected) {
    if (name == "stream_handles" || name == "class_descriptors") continue;  // of the stream
    ASSERT_TRUE(found.contains(name)) << name;
    EXPECT_NEAR(found[name], value, std::abs(value) * 1e-9) << name;
  }
}

TEST(SpiceParserOracle, LexiconScores) {
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  const Grammar& grammar = exact_parser().grammar();
  struct Example {
    const char *word, *tag;
    bool first;
    float score;
  };
  const Example examples[] = {
      {"dog", "NN^NP", false, -8.55174F},         {"the", "DT^NP", true, -0.64069843F},
      {"surfboard", "NN^NP", false, -12.751955F}, {"surfboard", "VB^VP", false, -15.771413F},
      {"surfboard", "IN^PP", false, -20.738344F}, {"riding", "VBG^VP", false, -6.9598904F},
      {"flumpish", "NN^NP", false, -12.570486F},  {"glorbing", "VBG^VP", false, -9.891236F},
      {"Glorbs", "NNS^NP", true, -11.350187F},    {"Glorbs", "NNPS^NP", false, -9.297497F},
      {"42b", "NN^NP", false, -14.535784F},       {"1990s", "CD^NP", false, -7.20729F},
      {"wug-like", "JJ^NP", false, -11.289404F},  {".$.", ".$$.", false, 0}};
  for (const Example& example : examples) {
    const auto tag = grammar.find_tag(example.tag);
    ASSERT_TRUE(tag) << example.tag;
    EXPECT_EQ(grammar.lexicon().score(example.word, example.first, *tag), example.score)
        << example.word << " " << example.tag;
  }
}

struct Example {
  const char* text;
  double score;
  const char* tree;
};
// Texts and scores of the original program.
constexpr Example kExamples[] = {
    {R"(dog)", -16.846845626831055, R"((ROOT (NP (NN dog))))"},
    {R"(a man riding a wave on top of a surfboard)", -76.68816804885864,
     R"((ROOT (NP (NP (DT a) (NN man) (NN riding)) (NP (NP (DT a) (NN wave)) (PP (IN on) (NP (NP (NN top)) (PP (IN of) (NP (DT a) (NN surfboard)))))))))"},
    {R"(two dogs are playing with a frisbee in the grass .)", -69.35864871740341,
     R"((ROOT (S (NP (CD two) (NNS dogs)) (VP (VBP are) (VP (VBG playing) (PP (IN with) (NP (NP (DT a) (NN frisbee)) (PP (IN in) (NP (DT the) (NN grass))))))) (. .))))"},
    {R"(A MAN IN A RED SHIRT)", -74.35188245773315,
     R"((ROOT (FRAG (NP (DT A) (NNP MAN)) (PP (IN IN) (NP (DT A) (NNP RED) (NNP SHIRT))))))"},
    {R"(a flumpish glorbing zazzes the wug-like thing)", -75.6864972114563,
     R"((ROOT (NP (NP (DT a) (NN flumpish)) (NP (JJ glorbing) (NNS zazzes)) (NP (DT the) (JJ wug-like) (NN thing)))))"},
    {R"(the 1990s bus with number 42b is parked at 3:30 pm)", -105.36989444494247,
     R"((ROOT (S (NP (NP (DT the) (CD 1990s) (NN bus)) (PP (IN with) (NP (NN number) (NNS 42b)))) (VP (VBZ is) (VP (VBN parked) (PP (IN at) (NP (CD 3:30) (NN pm))))))))"},
    {R"(the grey theatre next to my favourite harbour on sunday)", -86.23757886886597,
     R"((ROOT (FRAG (NP (NP (DT the) (JJ grey) (NN theatre)) (ADVP (JJ next) (PP (TO to) (NP (PRP$ my) (JJ favourite) (NN harbour))))) (PP (IN on) (NP (NNP sunday))))))"},
    {R"(people were skiing last monday)", -43.40405887365341,
     R"((ROOT (S (NP (NNS people)) (VP (VBD were) (VP (VBG skiing) (NP-TMP (JJ last) (NNP monday)))))))"},
    {R"(a sign -LRB- in red -RRB- that says `` stop '')", -72.93728923797607,
     R"((ROOT (S (NP (NP (DT a) (NN sign)) (PRN (-LRB- -LRB-) (PP (IN in) (NP (NN red))) (-RRB- -RRB-)) (SBAR (WHNP (WDT that)) (S (VP (VBZ says) (S (`` ``) (ADJP (VB stop)) ('' '')))))))))"},
    {R"(Glorbs swim .)", -28.879024922847748,
     R"((ROOT (S (NP (NNS Glorbs)) (VP (VBP swim)) (. .))))"},
    {R"(Dogs and the Wugs run)", -49.5359845161438,
     R"((ROOT (NP (NP (NNS Dogs)) (CC and) (NP (DT the) (NNP Wugs) (NN run)))))"},
    {R"(toy wagon standing in the mud beside a tree)", -87.59050416946411,
     R"((ROOT (NP (NP (NN toy)) (NP (NP (NN wagon) (NN standing)) (PP (IN in) (NP (NP (DT the) (NN mud)) (PP (IN beside) (NP (DT a) (NN tree)))))))))"},
    {R"(mother wagon standing in the yard beside a truck)", -84.09666109085083,
     R"((ROOT (NP (NP (NN mother)) (NP (NP (NN wagon) (NN standing)) (PP (IN in) (NP (NP (DT the) (NN yard)) (PP (IN beside) (NP (DT a) (NN truck)))))))))"},
    {R"(, ,)", -28.076945781707764, R"((ROOT (FRAG (, ,) (NP (NNP ,)))))"},
    {R"(!)", -21.792603492736816, R"((ROOT (INTJ (UH !))))"},
    {R"(- & -)", -38.90882921218872, R"((ROOT (NP (NP (CD -) (CC &)) (: -))))"},
    {R"(UNK UNK dog)", -45.14486885070801, R"((ROOT (NP (NNP UNK) (NNP UNK) (NNP dog))))"},
};

TEST(SpiceParserOracle, TreesAndScoresOfTheExamples) {
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  spice::ConstituencyParser::Worker worker(exact_parser());
  spice::Tree tree;
  for (const Example& example : kExamples) {
    const std::vector<std::string> tokens = split(example.text, ' ');
    const std::vector<std::string_view> words(tokens.begin(), tokens.end());
    ASSERT_TRUE(worker.parse(words, tree));
    EXPECT_EQ(spice::print_tree(tree, words), example.tree);
    EXPECT_EQ(worker.score(), example.score) << example.text;
  }
}

TEST(SpiceParserOracle, EveryTreeOfTheHeldOutCaptions) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  EXPECT_EQ(compare_trees("dev"), 707u);
  EXPECT_EQ(compare_trees("test"), 1439u);
}

TEST(SpiceParserOracle, TheBestTreesBeginWithTheBestAndGoDown) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  const spice::ConstituencyParser parser(spice::Grammar::read(shared(kGrammarFile)));
  spice::ConstituencyParser::Worker worker(parser);
  spice::Tree tree;
  std::size_t seen = 0;
  for (const ParseBlock& block : read_parse_blocks("dev")) {
    if (++seen > 60) break;
    const std::vector<std::string> tokens = split(block.caption, ' ');
    const std::vector<std::string_view> words(tokens.begin(), tokens.end());
    ASSERT_TRUE(worker.parse(words, tree));
    const auto few = worker.best_trees(5), many = worker.best_trees(40);
    ASSERT_GE(many.size(), few.size());
    EXPECT_EQ(print_tree(many[0].tree, words), print_tree(tree, words));
    EXPECT_NEAR(many[0].score, worker.score(), 1e-3);
    for (std::size_t n = 1; n < many.size(); ++n) {
      EXPECT_LE(many[n].score, many[n - 1].score + 1e-6) << block.caption;
    }
    for (std::size_t n = 0; n < few.size(); ++n) {  // equal ones in any order
      EXPECT_EQ(many[n].score, few[n].score);
    }
  }
  EXPECT_GT(seen, 60u);
}

TEST(SpiceParserOracle, DamagedGrammarsAreRefused) {
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  const std::string bytes = spice::read_grammar_bytes(shared(kGrammarFile).string());
  for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 20 + 1) {
    EXPECT_THROW(spice::read_grammar_tables(bytes.substr(0, size), "cut"), Error);
  }
}

}  // namespace
}  // namespace vernier::tests

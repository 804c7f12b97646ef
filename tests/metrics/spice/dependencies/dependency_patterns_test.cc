// The notation of the rules, and how patterns are matched.
#include <gtest/gtest.h>

#include "base/error.h"
#include "metrics/spice/dependencies/pattern/matcher.h"
#include "metrics/spice/dependencies/rules/table_reader.h"
#include "metrics/spice/dependencies/surgery/change.h"

namespace vernier::tests {
namespace {

using namespace spice;

constexpr std::string_view kLists = R"(
BE be is was
TIME day:s +BE
VERB urge+ ask+
    run
MONTH *May* Jan.
)";
constexpr std::string_view kClasses = R"(
N NP NP-TMP
NOUN NN*
)";
constexpr std::string_view kMacros = R"(
BIG has(JJ/"big")
)";

class Patterns : public testing::Test {
 protected:
  /// The words (from 1) of the nodes that t can be, where the pattern is tried at the root.
  std::string targets(std::string_view pattern, std::string_view text) {
    const Pattern compiled = program_.compile(reader_.read(pattern), "t");
    look_at(text);
    if (!passes(compiled.root, tree_[tree_.root()], sight_)) return "no";
    std::string found;
    for (NodeId target : matcher_.targets(compiled, tree_.root())) {
      while (tree_[target].word == 0) target = tree_[target].first;
      found += std::to_string(tree_[target].word);
    }
    return found;
  }
  bool matches(std::string_view pattern, std::string_view text) {
    const Pattern compiled = program_.compile(reader_.read(pattern));
    look_at(text);
    return matcher_.matches(compiled, tree_.root());
  }

 private:
  // Heads are the last children.
  void look_at(std::string_view text) {
    const auto read = read_tree(text).value();
    sight_.assign(1, {});
    std::string folded;
    for (const std::string_view word : read.words) sight_.push_back(words_.lists_of(word, folded));
    tree_.assign(read.tree);
    tree_.number();
    heads_.clear();
    for (NodeId node = 0; node < tree_.size(); ++node) heads_.push_back(tree_[node].last);
    matcher_.look_at({&tree_, sight_, heads_});
  }

  WordLists words_{kLists};
  PatternReader reader_{words_, kClasses, kMacros};
  PatternProgram program_;
  Matcher matcher_{program_};
  WorkTree tree_;
  std::vector<WordSet> sight_;
  std::vector<NodeId> heads_;
};

constexpr std::string_view kDogs = "(NP (DT the) (JJ big) (NN dog) (NNS cats) (NP-TMP (NN day)))";

TEST_F(Patterns, Labels) {
  EXPECT_EQ(targets("NP{has(NN=t)}", kDogs), "3");
  EXPECT_EQ(targets("NP{has(NN*=t)}", kDogs), "34");
  EXPECT_EQ(targets("NP{has(JJ|NN=t)}", kDogs), "23");
  EXPECT_EQ(targets("NP{has(@NOUN|DT=t)}", kDogs), "134");
  EXPECT_EQ(targets("NP{has(-[@NOUN|DT]=t)}", kDogs), "25");
  EXPECT_EQ(targets("NP{has(*=t)}", kDogs), "12345");
  EXPECT_EQ(targets("@N{has(NP=t)}", kDogs), "");
  EXPECT_EQ(targets("VP{has(*=t)}", kDogs), "no");
  EXPECT_EQ(targets("NP{has(''|``|-LRB-|:|$=t)}", "(NP (`` a) (-LRB- b) ($ c) (NN d))"), "123");
}

TEST_F(Patterns, Words) {
  EXPECT_EQ(targets("NP{has(*/\"dog\"|\"the\"=t)}", kDogs), "13");
  EXPECT_EQ(targets("NP{has(*/-\"dog\"/-\"the\"=t)}", kDogs), "245");
  EXPECT_EQ(targets("NP{has(*/\"*a*\"=t)}", kDogs), "4");
  EXPECT_EQ(targets("NP{has(*/\"*g\"=t)}", kDogs), "23");
  EXPECT_EQ(targets("NP{has(*/\"b*\"|\"*s\"=t)}", kDogs), "24");
  EXPECT_EQ(targets("NP{has(*=t{has(\"dog\"|\"cat\")})}", kDogs), "3");
}

TEST_F(Patterns, Lists) {
  constexpr std::string_view kWords =
      "(NP (X (NN Day) (NN days) (NN is)) (NN urge) (NN urging) (NN asked) (NN asks) (NN run) (NN "
      "askes))";
  EXPECT_EQ(targets("NP{has(NN/VERB=t)}", kWords), "45678");
  EXPECT_EQ(targets("NP{via-X(NN/TIME=t)}", kWords), "123");
  EXPECT_EQ(targets("NP{via-X(NN/TIME/-BE=t)}", kWords), "12");
  // Entries with capitals want capitals.
  EXPECT_EQ(targets("NP{has(NN/MONTH=t)}",
                    "(NP (NN May) (NN may) (NN Mayfair) (NN Jan.) (NN "
                    "Jan.s) (NN jan.))"),
            "134");
}

TEST_F(Patterns, Relations) {
  constexpr std::string_view kTree =
      "(S (NP (NN a) (X (NN b) (NP (NN c) (NN d)))) (VP (VB e) (NN f)) (. g))";
  EXPECT_EQ(targets("S{c1(*=t)}", kTree), "1");
  EXPECT_EQ(targets("S{c2(*=t)}", kTree), "5");
  EXPECT_EQ(targets("S{c3(*=t)}", kTree), "7");
  EXPECT_EQ(targets("S{last(*=t)}", kTree), "7");
  EXPECT_EQ(targets("S{sole(*=t)}", kTree), "");
  EXPECT_EQ(targets("S{c3(*{sole(*=t)})}", kTree), "7");
  EXPECT_EQ(targets("S{c2(*{nx(*=t)})}", kTree), "7");
  EXPECT_EQ(targets("S{c2(*{pv(*=t)})}", kTree), "1");
  EXPECT_EQ(targets("S{c1(*{rt(*=t)})}", kTree), "57");
  EXPECT_EQ(targets("S{c3(*{lf(*=t)})}", kTree), "15");
  EXPECT_EQ(targets("S{c2(*{sis(*=t)})}", kTree), "17");
  EXPECT_EQ(targets("S{sis(*=t)}", kTree), "");
  EXPECT_EQ(targets("S{lf(*=t)}", kTree), "");
  EXPECT_EQ(targets("S{c2(VP{up(S{last(*=t)})})}", kTree), "7");
  EXPECT_EQ(targets("S{up(*=t)}", kTree), "");
  EXPECT_EQ(targets("S{head(*=t)}", kTree), "7");
  EXPECT_EQ(targets("S{c2(*{self(VP{head(*=t)})})}", kTree), "6");
  EXPECT_EQ(targets("S{deep(NN=t)}", kTree), "12346");
  EXPECT_EQ(targets("S{c1(*{hd(*=t)})}", kTree), "2344");
  EXPECT_EQ(targets("S{ledge(*=t)}", kTree), "111");
  EXPECT_EQ(targets("S{c1(*{redge(*=t)})}", kTree), "2344");
  EXPECT_EQ(targets("S{c1(NP{via-X(NN=t)})}", kTree), "12");
  EXPECT_EQ(targets("S{c1(NP{via-[X|NP](NN=t)})}", kTree), "1234");
  EXPECT_EQ(targets("S{c1(NP{via-VP(NN=t)})}", kTree), "1");
}

TEST_F(Patterns, ConditionsHoldTogether) {
  EXPECT_EQ(targets("NP{has(DT) has(NN=t)}", kDogs), "3");
  EXPECT_EQ(targets("NP{has(VB) has(NN=t)}", kDogs), "");
  EXPECT_EQ(targets("NP{!has(DT) has(NN=t)}", kDogs), "");
  EXPECT_EQ(targets("NP{has(NN*=t{pv(NN)})}", kDogs), "4");
  EXPECT_EQ(targets("NP{has(NN*=t{!pv(NN)})}", kDogs), "3");
  EXPECT_EQ(targets("NP{[has(DT=t) ; has(VB=t) ; has(JJ=t) has(NN)]}", kDogs), "12");
  EXPECT_EQ(targets("NP{[has(VB) ; has(JJ)] has(NN=t)}", kDogs), "3");
  EXPECT_EQ(targets("NP{[has(VB) ; has(MD)] has(NN=t)}", kDogs), "");
  EXPECT_EQ(targets("NP{&BIG has(NN=t)}", kDogs), "3");
}

// What a name stands for is tried again where a later condition does not hold.
TEST_F(Patterns, Names) {
  EXPECT_EQ(targets("NP{has(NN*=a) has(*=t{pv(==a)})}", kDogs), "45");
  EXPECT_EQ(targets("NP{has(NN*=a) has(*=t{lf(==a)})}", kDogs), "455");
  EXPECT_EQ(targets("NP{has(NN*=a) has(NN*=t{!self(==a)})}", kDogs), "43");
  EXPECT_EQ(targets("NP{has(NN*=a) has(*=t{rt(==a)})}", kDogs), "12123");
  EXPECT_EQ(targets("NP{has(DT=a) has(*=t{sis(==a)})}", kDogs), "2345");
  EXPECT_EQ(targets("NP{has(*=a{rt(*~a=t)})}", "(NP (NN a) (JJ b) (NN c) (JJ d))"), "34");
  EXPECT_EQ(targets("NP=a{has(*=t{up(==a)})}", kDogs), "12345");
  EXPECT_EQ(targets("NP{has(NN*=a) has(==a{nx(*=t)})}", kDogs), "45");
  EXPECT_EQ(targets("NP{last(*=a) head(==a) c1(*=t)}", kDogs), "1");
}

TEST_F(Patterns, FirstMatches) {
  EXPECT_TRUE(matches("NP{has(NN*=a{nx(NNS)})}", kDogs));
  EXPECT_FALSE(matches("NP{has(NN*=a{nx(NN)})}", kDogs));
  EXPECT_FALSE(matches("VP{has(NN)}", kDogs));
}

TEST_F(Patterns, MistakesAreRefused) {
  for (const std::string_view pattern :
       {"NP{has(NN=t}", "NP{has NN=t}", "NP{owns(NN=t)}", "NP{has(@X=t)}", "NP{has(NN/LIST=t)}",
        "NP{&SMALL has(NN=t)}", "NP{has(NN/\"a=t)}", "NP{has(=t)}", "NP{has(NN=t)} NP",
        "NP{[has(NN=t)}", "NP{has(NN)}", "NP{has(==b) has(NN=t)}", "NP{has(NN~b=t)}",
        "NP{has(NN/\"\"=t)}", ""}) {
    EXPECT_THROW(targets(pattern, kDogs), Error) << pattern;
  }
  std::string crowd = "NP{has(NN=t)";
  for (std::size_t n = 0; n < kRegisters; ++n) crowd += " has(NN)";
  EXPECT_THROW(targets(crowd + "}", kDogs), Error);
}

TEST_F(Patterns, MistakesInTablesAreRefused) {
  WordLists words(kLists);
  PatternReader reader(words, kClasses, kMacros);
  PatternProgram program;
  EXPECT_THROW(WordLists("A +B\n"), Error);
  EXPECT_EQ(read_changes("x\n  NP{has(NN=a)} -> label JJ a; splice a\n", reader, program).size(),
            1u);
  for (const std::string_view table :
       {"x\n  NP{has(NN=a)}\n", "x\n  NP{has(NN=a)} -> label JJX a\n",
        "x\n  NP{has(NN=a)} -> label JJ b\n", "x\n  NP{has(NN=a)} -> turn a a\n"}) {
    EXPECT_THROW(read_changes(table, reader, program), Error) << table;
  }
  std::string many;
  for (std::size_t n = 0; n <= WordSet().size(); ++n) many += "L" + std::to_string(n) + " x\n";
  EXPECT_THROW(WordLists{many}, Error);
}

}  // namespace
}  // namespace vernier::tests

// Which word stands for a phrase.
#include <gtest/gtest.h>

#include "metrics/spice/dependencies/heads/heads.h"
#include "tests/metrics/spice/dependencies/trees.h"
#include "tests/metrics/spice/dependencies/work.h"

namespace vernier::tests {
namespace {

using namespace spice;

/// The head word of each phrase in pre-order, of the tree as it stands.
std::string heads_of(std::string_view text) {
  const auto read = read_tree(text);
  if (!read) return "not a tree";
  std::vector<WordSet> lists(1);
  std::string folded, all;
  for (const std::string_view word : read->words) {
    lists.push_back(rules().words.lists_of(word, folded));
  }
  WorkTree tree;
  tree.assign(read->tree);
  tree.number();
  Heads heads(rules().heads, rules().program);
  heads.find(tree, lists);
  for (NodeId at = tree.root(); at != kNoNode; at = tree.following(at, tree.root())) {
    if (tree[at].word != 0) continue;
    if (!all.empty()) all += ' ';
    all += read->words[heads.words()[at] - 1];
  }
  return all;
}

struct HeadExample {
  std::string_view tree, heads;
};

void expect_heads(std::span<const HeadExample> examples) {
  for (const auto& [tree, heads] : examples) EXPECT_EQ(heads_of(tree), heads) << tree;
}

TEST(SpiceHeads, ByTheTable) {
  constexpr HeadExample kExamples[] = {
      {"(ADJP (JJ a) ($ b))", "b"},
      {"(ADJP (JJ a) (NN b) (RB c))", "b"},
      {"(ADVP (RB a) (JJR b) (NN c))", "b"},
      {"(ADVP (RB a) (RP b))", "a"},
      {"(ADVP (UH a) (PRP b))", "a"},
      {"(CONJP (RB a) (RB b) (IN c))", "b"},
      {"(CONJP (VB a) (IN b))", "b"},
      {"(FRAG (NP (NN a)) (IN b))", "b a"},
      {"(INTJ (UH a) (NN b))", "b"},
      {"(LST (LS a) (LS b))", "b"},
      {"(MWE (IN a) (IN b))", "a"},
      {"(NAC (NNP a) (NN b))", "b"},
      {"(NP (DT a) (NN b) (NNS c) (JJ d))", "c"},
      {"(NP (JJ a) (NP (PRP b)) (CD c))", "b b"},
      {"(NP (DT a) (JJ b))", "b"},
      {"(NP (DT a) (POS b))", "a"},
      {"(NP-TMP (NN a) (RB b))", "a"},
      {"(NX (NN a) (NN b))", "b"},
      {"(PCONJP (IN a) (CC b) (IN c))", "a"},
      {"(PP (IN a) (NP (NN b)))", "b b"},
      {"(PP (IN a) (RB b))", "b"},
      {"(WHPP (IN a) (WHNP (WP b)))", "b b"},
      {"(PRN (, a) (NP (NN b)) (VP (VB c)))", "c b c"},
      {"(PRT (RP a) (RP b))", "b"},
      {"(QP (IN a) (CD b) (CD c))", "c"},
      {"(QP ($ a) (CD b))", "a"},
      {"(ROOT (NP (NN a)) (S (VP (VB b))))", "b a b b"},
      {"(RRC (ADVP (RB a)) (VP (VB b)) (PP (IN c)))", "b a b c"},
      {"(S (VP (VB a)) (VP (VB b)))", "a a b"},
      {"(S (PP (IN a)) (NP (NN b)) (NP (NN c)))", "c a b c"},
      {"(SBAR (IN a) (S (VP (VB b))))", "b b b"},
      {"(SBARQ (WHNP (WP a)) (SQ (VP (VB b))))", "b a b b"},
      {"(SINV (VP (VB a)) (NP (NN b)))", "a a b"},
      {"(SQ (MD a) (NP (NN b)))", "a b"},
      {"(UCP (JJ a) (NN b))", "a"},
      {"(VP (VB a) (NP (NN b)))", "a b"},
      {"(WHADJP (WRB a) (JJ b))", "b"},
      {"(WHADVP (RB a) (WRB b) (NN c))", "b"},
      {"(WHNP (WDT a) (NN b))", "b"},
      {"(WHNP (WDT a) (NP (NN b)))", "b b"},
      {"(X (NP (NN a)) (S (VP (VB b))) (NP (NN c)))", "b a b b c"},
  };
  expect_heads(kExamples);
}

TEST(SpiceHeads, WithoutAnyOfTheTableTheFirstThatIsNoPunctuation) {
  constexpr HeadExample kExamples[] = {
      {"(S (, a) (X (UH b)) (DT c) (. d))", "c b"},  // from the right
      {"(VP (, a) (DT b) (DT c))", "b"},             // from the left
      {"(S (, a) (. b))", "b"},                      // all of them: the last
      {"(VP (, a) (. b))", "a"},                     // or the first
      {"(VP (DT a) (CC b) (DT c))", "a"},            //
      {"(S (DT a) (CC b) (DT c))", "a"},             // of several conjuncts the first
  };
  expect_heads(kExamples);
}

TEST(SpiceHeads, OfConjunctionPhrases) {
  constexpr HeadExample kExamples[] = {
      {"(CONJP (CC but) (RB not) (RB x))", "not"},
      {"(CONJP (CC and) (RB not) (RB x))", "not"},
      {"(CONJP (CC or) (RB not) (RB x))", "x"},
      {"(CONJP (CC but) (RB rather) (RB x))", "rather"},
      {"(CONJP (CC but) (ADVP (RB also)) (RB x))", "also also"},
      {"(CONJP (CC but) (ADVP (RB also) (RB y)) (RB x))", "x y"},
      {"(CONJP (CC and) (RB yet) (RB x))", "yet"},
      {"(CONJP (CC and) (ADVP (RB yet)) (RB x))", "yet yet"},
      {"(CONJP (CC and) (RB also) (RB x))", "x"},
  };
  expect_heads(kExamples);
}

TEST(SpiceHeads, OfQuestionsAndInversions) {
  constexpr HeadExample kExamples[] = {
      {"(SBARQ (WHNP (WP who)) (VBZ is) (NP (NN a)) (ADJP (JJ b)))", "b who a b"},
      {"(SBARQ (WHNP (WP who)) (VBZ is) (NP (NN a)))", "who who a"},
      {"(SBARQ (WHNP (WP who)) (VBZ is) (RB not) (NP (NN a)) (SQ (NN x)))", "x who a x"},
      {"(SINV (NP (NN a)) (NP (NN b)) (VP (VBZ is) (ADVP (RB c))))", "a a b is c"},
      {"(SINV (NP (NN a)) (NP (NN b)) (VP (VBZ runs)))", "runs a b runs"},
  };
  expect_heads(kExamples);
}

TEST(SpiceHeads, AuxiliariesLeaveTheHeadToTheVerb) {
  constexpr HeadExample kExamples[] = {
      {"(VP (VBZ has) (VP (VBN a)))", "a a"},
      {"(VP (MD x) (VP (VB a)))", "a a"},
      {"(VP (TO x) (VP (VB a)))", "a a"},
      {"(VP (VBZ is) (VP (VBG a)))", "a a"},
      {"(VP (VBZ gets) (VP (VBN a)))", "a a"},
      {"(VP (VBZ goes) (VP (VBN a)))", "goes a"},
      {"(VP (MD will) (ADJP (JJ a)))", "a a"},
      {"(VP (VBZ has) (ADJP (JJ a)))", "has a"},
      {"(VP (VBZ is) (ADJP (JJ a)) (VP (VBN b)))", "b a b"},
      {"(VP (VBZ is) (ADJP (JJ a)) (VP (VP (VBN b)) (CC and)))", "b a b b"},
      {"(VP (VBZ is) (ADJP (JJ a)) (VP (CC and) (VP (JJ b))))", "b a b b"},
      // A VP that tells a time is not what the auxiliary belongs to.
      {"(VP (VBZ has) (VP (NP-TMP (NN a))) (VP (VBN b)))", "b a a b"},
      {"(VP (VBZ has) (VP (VBN a) (NP-TMP (NN c))) (VP (VBN b)))", "a a c b"},
      {"(SQ (MD can) (NP (NN a)) (VP (VB b)))", "b a b"},
      {"(SINV (MD can) (NP (NN a)) (VP (VB b)))", "b a b"},
  };
  expect_heads(kExamples);
}

TEST(SpiceHeads, CopulasLeaveTheHeadToThePredicate) {
  constexpr HeadExample kExamples[] = {
      {"(VP (VBZ is) (NP (NN a)))", "a a"},
      {"(VP (VBZ is) (PP (IN in) (NP (NN a))))", "a a a"},
      {"(VP (VBZ is) (NP (NN a)) (ADJP (JJ b)))", "b a b"},
      {"(VP (VBZ is) (UCP (NN a)) (PP (IN b)))", "a a b"},
      {"(VP (VBZ is) (ADVP (RB a)))", "is a"},
      {"(VP (VBZ is) (NP-TMP (NN a)))", "is a"},
      {"(VP (VBZ seems) (NP (NN a)))", "seems a"},
      // Of a question: from the right, and a noun phrase only behind another.
      {"(SQ (VBZ is) (PP (IN b)) (ADVP (RB c)))", "b b c"},
      {"(SQ (VBZ is) (NP (NN a)) (PP (IN b)))", "is a b"},
      {"(SQ (VBZ is) (NP (NN a)) (NP (NN b)))", "b a b"},
      {"(SQ (VBZ is) (NP (NN a)))", "is a"},
      {"(SINV (VBZ is) (NP (NN a)))", "a a"},
  };
  expect_heads(kExamples);
}

TEST(SpiceHeads, ExistentialsAndQuestionsKeepTheCopula) {
  constexpr HeadExample kExamples[] = {
      {"(S (NP (EX there)) (VP (VBZ is) (NP (NN a))))", "is there is a"},
      {"(S (VP (VBZ is) (NP (NN a))) (NP (EX there)))", "a a a there"},
      {"(VP (EX there) (VP (VBZ is) (NP (NN a))))", "is is a"},
      {"(S (ADVP (NP (EX there))) (VP (VBZ is) (NP (NN a))))", "is there there is a"},
      {"(S (NP (EX there)) (VP (VBZ is) (VP (VBG a))))", "a there a a"},
      {"(SBARQ (SQ (VBZ is) (NP (EX there)) (NP (NN a))))", "is is there a"},
      {"(S (SQ (VBZ is) (NP (NN x)) (NP (NN a))) (NP (EX there)))", "there is x a there"},
      {"(SBARQ (WHADVP (WRB where)) (SQ (VBZ is) (NP (NN x)) (NP (NN a))))", "is where is x a"},
      {"(S (WHADVP (WRB where)) (SQ (VBZ is) (NP (NN x)) (NP (NN a))))", "a where a x a"},
      {"(SBARQ (WRB where) (SQ (VBZ is) (NP (NN x)) (NP (NN a))))", "a a x a"},
  };
  expect_heads(kExamples);
}

// As patterns see heads, the parent does not count.
TEST(SpiceHeads, WithoutParentTheExistentialIsACopula) {
  const TreeAtWork work = after_surgery("(S (NP (EX there)) (VP (VBZ is) (NP (NN dog))))");
  Heads heads(rules().heads, rules().program);
  heads.find(work.tree, work.lists);
  NodeId phrase = work.tree.root();
  while (work.tree[phrase].label != Label::kVp) {
    phrase = work.tree.following(phrase, work.tree.root());
  }
  EXPECT_EQ(work.tree[heads.without_parent()[phrase]].label, Label::kNp);
  EXPECT_EQ(heads.words()[phrase], 2);
}

TEST(SpiceHeads, OfSeveralConjunctsTheFirst) {
  constexpr HeadExample kExamples[] = {
      {"(NP (NN a) (CC and) (NN b))", "a"},
      {"(NP (NN a) (CONJP (RB as) (RB well)) (NN b))", "a well"},
      {"(NP (NN a) (, ,) (NN b) (, ,) (CC and) (NN c))", "a"},
      {"(NP (NN a) (: ;) (NN b) (CC and) (NN c))", "a"},
      {"(NP (NN a) (NN b) (CC and) (NN c))", "b"},
      {"(NP (NN a) (UH x) (CC and) (NN c))", "a"},
      {"(NP (NN a) (INTJ (UH x)) (CC and) (NN c))", "a x"},
      {"(NP (NN a) (. .) (NN b) (CC and) (NN c))", "b"},
      {"(NP (, ,) (CC and) (NN c))", "c"},
      {"(NP (, ,) (NN a) (CC and) (NN c))", "a"},
      {"(NP (CC and) (NN c))", "c"},
      {"(INTJ (NN a) (UH x) (CC and) (UH y))", "a"},
      {"(PP (UH a) (UH x) (CC and) (UH y))", "x"},
      {"(PP (DT a) (UH x) (CC and) (DT y))", "a"},
      {"(VP (VBZ is) (NP (NN a)) (CC and) (ADJP (JJ b)))", "a a b"},
  };
  expect_heads(kExamples);
}

}  // namespace
}  // namespace vernier::tests

// Trees before and after the changes that precede the search for heads.
#include <gtest/gtest.h>

#include "tests/metrics/spice/dependencies/work.h"

namespace vernier::tests {
namespace {

using namespace spice;

std::string print(const WorkTree& tree, NodeId at, const std::vector<std::string_view>& words) {
  if (tree[at].label == kLeaf) return std::string(words[tree[at].word - 1]);
  std::string text = "(" + std::string(label_name(tree[at].label));
  NodeId before = kNoNode;
  for (NodeId child = tree[at].first; child != kNoNode; child = tree[child].next) {
    EXPECT_EQ(tree[child].parent, at);
    EXPECT_EQ(tree[child].previous, before);
    before = child;
    text += " " + print(tree, child, words);
  }
  EXPECT_EQ(tree[at].last, before);
  return text + ")";
}

std::string changed(std::string_view text) {
  const TreeAtWork work = after_surgery(text);
  return print(work.tree, work.tree.root(), work.words);
}

struct Example {
  std::string_view before, after;
};

void expect_changes(std::span<const Example> examples) {
  for (const auto& [before, after] : examples) EXPECT_EQ(changed(before), after) << before;
}

TEST(SpiceSurgery, MultiWordExpressions) {
  constexpr Example kExamples[] = {
      {"(CONJP (RB as) (RB well) (IN as))", "(CONJP (MWE (RB as) (RB well) (IN as)))"},
      {"(ADVP (RB as) (RB well))", "(ADVP (MWE (RB as) (RB well)))"},
      {"(CONJP (RB as) (IN well))", "(CONJP (MWE (RB as) (IN well)))"},
      {"(PP (JJ such) (IN as) (NP (NNS apples)))",
       "(PP (MWE (JJ such) (IN as)) (NP (NNS apples)))"},
      {"(PP (JJ due) (TO to) (NP (NN rain)))", "(PP (MWE (JJ due) (TO to)) (NP (NN rain)))"},
      {"(PP (IN because) (IN of) (NP (NN rain)))",
       "(PP (MWE (IN because) (IN of)) (NP (NN rain)))"},
      {"(CONJP (RB instead) (IN of))", "(CONJP (MWE (RB instead) (IN of)))"},
      {"(SBAR (IN in) (NN case) (S (NP (PRP it)) (VP (VBZ rains))))",
       "(SBAR (MWE (IN in) (NN case)) (S (NP (PRP it)) (VP (VBZ rains))))"},
      {"(ADVP (IN of) (NN course))", "(ADVP (MWE (IN of) (NN course)))"},
      {"(SBAR (IN in) (NN order) (S (VP (TO to) (VP (VB eat)))))",
       "(SBAR (MWE (IN in) (NN order)) (S (VP (TO to) (VP (VB eat)))))"},
      {"(PP (IN in) (NP (NN order)))", "(PP (MWE (IN in) (NP (NN order))))"},
      {"(PP (IN rather) (IN than) (NP (NN rain)))",
       "(PP (MWE (IN rather) (IN than)) (NP (NN rain)))"},
      {"(CONJP (RB not) (TO to) (VB mention))", "(CONJP (MWE (RB not) (TO to) (VB mention)))"},
      {"(SBAR (IN so) (IN that) (S (NP (PRP it)) (VP (VBZ rains))))",
       "(SBAR (MWE (IN so) (IN that)) (S (NP (PRP it)) (VP (VBZ rains))))"},
      {"(SBAR (IN as) (IN if) (S (VP (VBG flying))))",
       "(SBAR (MWE (IN as) (IN if)) (S (VP (VBG flying))))"},
      {"(PP (RB prior) (TO to) (NP (NN rain)))", "(PP (MWE (RB prior) (TO to)) (NP (NN rain)))"},
      {"(PP (IN as) (TO to) (NP (NN rain)))", "(PP (MWE (IN as) (TO to)) (NP (NN rain)))"},
      {"(ADVP (RB kind) (IN of))", "(ADVP (MWE (RB kind) (IN of)))"},
      {"(SBAR (IN whether) (CC or) (RB not) (S (VP (TO to) (VP (VB eat)))))",
       "(SBAR (MWE (IN whether) (CC or) (RB not)) (S (VP (TO to) (VP (VB eat)))))"},
      {"(CONJP (IN as) (VBN opposed) (TO to))", "(CONJP (MWE (IN as) (VBN opposed) (TO to)))"},
      {"(CONJP (VB let) (RB alone))", "(CONJP (MWE (VB let) (RB alone)))"},
      {"(ADVP (IN in) (IN between))", "(ADVP (MWE (IN in) (IN between)))"},
      {"(PP (IN in) (PP (IN between)))", "(PP (MWE (IN in) (PP (IN between))))"},
      {"(PP (IN in) (PP (IN between) (NP (NNS trees))))",
       "(PP (IN in) (PP (IN between) (NP (NNS trees))))"},
      {"(QP (DT all) (CC but) (CD two))", "(QP (MWE (DT all) (CC but)) (CD two))"},
      {"(ADVP (DT that) (VBZ is))", "(ADVP (MWE (DT that) (VBZ is)))"},
      {"(WHADVP (WRB how) (VB come))", "(WHADVP (MWE (WRB how) (VB come)))"},
      {"(VP (VBD had) (ADVP (RBR better)) (VP (VB run)))",
       "(VP (MWE (VBD had) (ADVP (RBR better))) (VP (VB run)))"},
      {"(VP (VBD 'd) (PRT (RBR better)) (VP (VB run)))",
       "(VP (MWE (VBD 'd) (PRT (RBR better))) (VP (VB run)))"},
      {"(QP (JJR more) (IN than) (CD two))", "(QP (MWE (JJR more) (IN than)) (CD two))"},
      {"(QP (IN up) (TO to) (CD two))", "(QP (MWE (IN up) (TO to)) (CD two))"},
      {"(S (ADVP (IN at) (JJS least)) (NP (PRP he)))",
       "(S (ADVP (MWE (IN at) (JJS least))) (NP (PRP he)))"},
      {"(S (ADVP (IN at) (RBS least)) (RB once))", "(S (ADVP (IN at) (NP (RBS least))) (RB once))"},
  };
  expect_changes(kExamples);
}

// The same words in other phrases, or with other tags, are no expressions.
TEST(SpiceSurgery, OtherWordsStayAsTheyAre) {
  for (const std::string_view tree :
       {"(NP (JJ such) (IN as) (NP (NNS apples)))", "(PP (NN such) (IN as) (NP (NNS apples)))",
        "(PP (JJ such) (NN x) (IN as))", "(ADVP (RB as) (RB well) (RB fast))",
        "(VP (VBD had) (ADVP (RBR better) (RB off)))",
        "(NP (DT a) (NN dog) (CC and) (NP (NN cat)))", "(NP (CC and) (NN dog))",
        "(PP (IN to) (CC and) (NP (NN town)))", "(QP (CD two) (CC or))", "(NP (DT both) (NNS men))",
        "(NP (NP (NNP may)) (NP (CD 3)))", "(NP (NP (NNP Monday)) (NP (CD 3)))",
        "(S (NP (PRP he)) (ADVP (RB then)) (VP (VBZ runs)))", "(CONJP (CC but) (RB also))"}) {
    EXPECT_EQ(changed(tree), tree);
  }
}

TEST(SpiceSurgery, Prepositions) {
  constexpr Example kExamples[] = {
      {"(PP (VBG according) (PP (TO to) (NP (NN plan))))",
       "(PP (MWE (VBG according) (TO to)) (NP (NN plan)))"},
      {"(PP (TO to) (CC and) (IN from) (NP (NN town)))",
       "(PP (PCONJP (TO to) (CC and) (IN from)) (NP (NN town)))"},
      {"(QP (IN at) (JJS most) (CD three))", "(QP (ADVP (IN at) (NP (JJS most))) (CD three))"},
      {"(QP (RB at) (JJS least) (CD three))", "(QP (ADVP (IN at) (NP (JJS least))) (CD three))"},
      {"(ADVP (RB at) (DT all))", "(PP (IN at) (NP (DT all)))"},
      {"(NP (NP (NN rain)) (SBAR (IN before) (S (NP (PRP it)) (VP (VBZ ends)))))",
       "(NP (NP (NN rain)) (PP (IN before) (S (NP (PRP it)) (VP (VBZ ends)))))"},
      {"(NP (NP (NN rain)) (SBAR (IN that) (S (VP (VBZ ends)))))",
       "(NP (NP (NN rain)) (SBAR (IN that) (S (VP (VBZ ends)))))"},
      {"(ADVP (RB now) (SBAR (IN that) (S (NP (PRP it)) (VP (VBZ rains)))))",
       "(SBAR (RB now) (IN that) (S (NP (PRP it)) (VP (VBZ rains))))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, ButAlso) {
  constexpr Example kExamples[] = {
      {"(NP (NP (NNS men)) (CONJP (CC but) (RB also)) (NP (NNS dogs)))",
       "(NP (NP (NNS men)) (CC but) (NP (ADVP (RB also)) (NNS dogs)))"},
      {"(VP (VBZ runs) (CONJP (CC but) (RB also)) (VBZ sits))",
       "(VP (VBZ runs) (CC but) (ADVP (RB also)) (VBZ sits))"},
      {"(S (VP (VBZ runs)) (CONJP (CC but) (RB also)))",
       "(S (VP (VBZ runs)) (CC but) (ADVP (RB also)))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, UnlikePhrasesAreNamedByTheirFirst) {
  constexpr Example kExamples[] = {
      {"(UCP (JJ red) (CC and) (NN gold))", "(ADJP (JJ red) (CC and) (NN gold))"},
      {"(UCP (DT the) (JJ red) (NN gold))", "(ADJP (DT the) (JJ red) (NN gold))"},
      {"(UCP (VP (VBG running)) (ADJP (JJR younger)))",
       "(ADJP (VP (VBG running)) (ADJP (JJR younger)))"},
      {"(UCP (NN gold) (CC and) (JJ red))", "(NP (NN gold) (CC and) (JJ red))"},
      {"(UCP (DT the) (NN gold))", "(NP (DT the) (NN gold))"},
      {"(UCP (ADVP (RB here)) (CC and) (JJ red))", "(ADVP (ADVP (RB here)) (CC and) (JJ red))"},
      {"(UCP (PP (IN in) (NN x)) (CC and) (JJ red))",
       "(UCP (PP (IN in) (NN x)) (CC and) (JJ red))"},
      // From the outside to the inside, again and again.
      {"(UCP (UCP (JJ red) (NN x)) (NN gold))", "(ADJP (ADJP (JJ red) (NN x)) (NN gold))"},
      {"(UCP (NN x) (UCP (JJ red) (JJR older)))", "(NP (NN x) (ADJP (JJ red) (JJR older)))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, FlatCoordinationAtTheStart) {
  constexpr Example kExamples[] = {
      {"(NP (NN soya) (CC or) (NN maize) (NN oil))",
       "(NP (NP (NN soya) (CC or) (NN maize)) (NN oil))"},
      {"(NP (JJ red) (CC and) (JJ white) (NN bus))",
       "(NP (ADJP (JJ red) (CC and) (JJ white)) (NN bus))"},
      // A second conjunction: all before it on one side, all behind it on the other.
      {"(NP (JJ red) (CC and) (JJ white) (CC or) (JJ blue) (NNS cars))",
       "(NP (ADJP (JJ red) (CC and) (JJ white)) (CC or) (NP (JJ blue) (NNS cars)))"},
      {"(NP (JJ red) (CC and) (JJ white) (NN bus) (CC and) (NN car))",
       "(NP (NP (ADJP (JJ red) (CC and) (JJ white)) (NN bus)) (CC and) (NP (NN car)))"},
      {"(NP (JJ red) (CC and) (JJ white) (NN bus) (, ,) (CC and) (NN car))",
       "(NP (NP (ADJP (JJ red) (CC and) (JJ white)) (NN bus)) (, ,) (CC and) (NP (NN car)))"},
      {"(NP (JJ red) (CC and) (, ,) (CC and) (NN car))",
       "(NP (ADJP (JJ red) (CC and) (, ,)) (CC and) (NN car))"},
      {"(NP (DT the) (CC or) (DT a) (NN car))", "(NP (NP (DT the) (CC or) (DT a)) (NN car))"},
      // Not of a plural, nor of a noun before an article: those are whole phrases.
      {"(NP (NNS men) (CC and) (JJ tall) (NNS women))",
       "(NP (NP (NNS men)) (CC and) (NP (JJ tall) (NNS women)))"},
      {"(NP (NN man) (CC and) (DT a) (NN dog))",
       "(NP (NP (NN man)) (CC and) (NP (DT a) (NN dog)))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, FlatCoordinationBehindAnArticle) {
  constexpr Example kExamples[] = {
      {"(NP (DT a) (JJ red) (CC and) (JJ white) (NN bus))",
       "(NP (DT a) (ADJP (JJ red) (CC and) (JJ white)) (NN bus))"},
      {"(NP (DT a) (NN truck) (CC and) (NN train) (NN station))",
       "(NP (DT a) (NP (NN truck) (CC and) (NN train)) (NN station))"},
      {"(NP (DT a) (JJ red) (CC and) (JJ white) (NN bus) (CC or) (NN car) (NN x))",
       "(NP (NP (DT a) (ADJP (JJ red) (CC and) (JJ white)) (NN bus)) (CC or) (NP (NN car) (NN "
       "x)))"},
      // With two words behind the second adjective all is one side.
      {"(NP (DT a) (JJ red) (CC and) (JJ white) (NN tour) (NN bus))",
       "(NP (ADJP (DT a) (JJ red)) (CC and) (NP (JJ white) (NN tour) (NN bus)))"},
      {"(NP (DT the) (NNS men) (CC and) (JJ tall) (NNS women))",
       "(NP (NP (DT the) (NNS men)) (CC and) (NP (JJ tall) (NNS women)))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, FlatCoordinationOfLists) {
  constexpr Example kExamples[] = {
      {"(NP (DT a) (JJ big) (, ,) (JJ red) (, ,) (JJ white) (CC and) (JJ blue) (NN kite))",
       "(NP (DT a) (ADJP (JJ big) (, ,) (JJ red) (, ,) (JJ white) (CC and) (JJ blue)) (NN kite))"},
      {"(NP (JJ red) (, ,) (JJ white) (CC and) (JJ blue) (NN kite))",
       "(NP (ADJP (JJ red) (, ,) (JJ white) (CC and) (JJ blue)) (NN kite))"},
      {"(NP (JJ big) (, ,) (JJ red) (, ,) (NN x) (CC and) (JJ blue) (NN kite))",
       "(NP (NP (JJ big) (, ,) (JJ red) (, ,) (NN x) (CC and) (JJ blue)) (NN kite))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, FlatCoordinationOfWholePhrases) {
  constexpr Example kExamples[] = {
      {"(NP (DT the) (JJ new) (NN phone) (NN book) (CC and) (NN tour) (NN guide))",
       "(NP (NP (DT the) (JJ new) (NN phone) (NN book)) (CC and) (NP (NN tour) (NN guide)))"},
      {"(NP (CC both) (NNS men) (CC and) (JJ tall) (NNS women))",
       "(NP (CC both) (NP (NNS men)) (CC and) (NP (JJ tall) (NNS women)))"},
      {"(NP (DT either) (NNS men) (CC or) (JJ tall) (NNS women))",
       "(NP (CC either) (NP (NNS men)) (CC or) (NP (JJ tall) (NNS women)))"},
      // Commas at the ends stay outside.
      {"(NP (DT the) (NNS men) (, ,) (CC and) (JJ tall) (NNS women) (, ,))",
       "(NP (NP (DT the) (NNS men)) (, ,) (CC and) (NP (JJ tall) (NNS women)) (, ,))"},
      {"(NP (NNS men) (CC and) (JJ tall) (NNS women) (CC and) (NN dog) (NN x))",
       "(NP (NP (NP (NNS men)) (CC and) (NP (JJ tall) (NNS women))) (CC and) (NP (NN dog) (NN "
       "x)))"},
      {"(NP (NNS men) (CC and) (JJ tall) (NNS women) (, ,) (CC and) (NN dog) (NN x))",
       "(NP (NP (NP (NNS men)) (CC and) (NP (JJ tall) (NNS women))) (, ,) (CC and) (NP (NN dog) "
       "(NN "
       "x)))"},
      // Nothing is left of the left side.
      {"(NP (CC both) (CC and) (DT a) (NN dog))", "(NP (CC both) (CC and) (NP (DT a) (NN dog)))"},
      {"(NP (NNS men) (CC and) (DT a) (JJ red))",
       "(NP (NP (NNS men)) (CC and) (ADJP (DT a) (JJ red)))"},
      // A noun phrase behind the conjunction: grouped already.
      {"(NP (NNS men) (CC and) (JJ tall) (NP (NNS women)))",
       "(NP (NNS men) (CC and) (JJ tall) (NP (NNS women)))"},
      {"(NP-TMP (NN day) (CC or) (NN week) (NN time))",
       "(NP-TMP (NP (NN day) (CC or) (NN week)) (NN time))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, Quantities) {
  constexpr Example kExamples[] = {
      {"(QP (CD two) (CC or) (CD three))", "(QP (NP (CD two)) (CC or) (NP (CD three)))"},
      {"(QP ($ $) (CD two) (CC or) (CD three))",
       "(QP (QP ($ $) (QP (CD two))) (CC or) (NP (CD three)))"},
      {"(QP (CD two) (CC or) ($ $) (CD three))",
       "(QP (NP (CD two)) (CC or) (QP ($ $) (QP (CD three))))"},
      {"(QP ($ $) (CD two) (CC or) ($ $) (CD three))",
       "(QP (QP ($ $) (QP (CD two))) (CC or) (QP ($ $) (QP (CD three))))"},
      {"(QP (CD two) (CC or) (CD three) (CC or) (CD four))",
       "(QP (NP (CD two)) (CC or) (QP (NP (CD three)) (CC or) (NP (CD four))))"},
      {"(NP (QP (CD two)) (QP (CC or) (CD three)) (NNS dogs))",
       "(NP (QP (NP (CD two)) (CC or) (NP (CD three))) (NNS dogs))"},
      {"(QP (IN about) ($ $) (CD two) (CD million))",
       "(QP (IN about) ($ $) (QP (CD two) (CD million)))"},
      {"(QP ($ $) (CD two) (JJ million))", "(QP ($ $) (CD two) (JJ million))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, Questions) {
  constexpr Example kExamples[] = {
      {"(SBARQ (WHNP (WP what)) (SQ (VBZ is) (NP (DT this))))",
       "(SBARQ (WHNP (WP what)) (VBZ is) (NP (DT this)))"},
      {"(SBARQ (WHNP (WP what)) (SQ (VBZ is) (VBG running) (NP (DT this))))",
       "(SBARQ (WHNP (WP what)) (SQ (VBZ is) (VBG running) (NP (DT this))))"},
      {"(SBARQ (WHNP (WP what)) (SQ (VBZ is) (NP (EX there))))",
       "(SBARQ (WHNP (WP what)) (SQ (VBZ is) (NP (EX there))))"},
      {"(SBARQ (WHNP (WP what)) (SQ (VBZ is) (PP (IN in) (NP (NN x)))))",
       "(SBARQ (WHNP (WP what)) (SQ (VBZ is) (PP (IN in) (NP (NN x)))))"},
      {"(SBARQ (WHNP (WP what)) (SQ (VBZ is) (NP (DT this)) (ADJP (JJ full) (PP (IN of)))))",
       "(SBARQ (WHNP (WP what)) (SQ (VBZ is) (NP (DT this)) (ADJP (JJ full) (PP (IN of)))))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, Dates) {
  constexpr Example kExamples[] = {
      {"(NP (NP (NNP January)) (NP (CD 3)))", "(NP (NNP January) (CD 3))"},
      {"(NP (NP (NNP Sept.)) (NP (CD 3)))", "(NP (NNP Sept.) (CD 3))"},
      {"(NP (NP (NNP May) (CD 3)) (, ,) (NP (CD 1999)))", "(NP (NNP May) (CD 3) (, ,) (CD 1999))"},
      {"(NP (NP (NNP May) (CD 3)) (, ,) (NP (CD 1999)) (NN x))",
       "(NP (NP (NNP May) (CD 3)) (, ,) (NP (CD 1999)) (NN x))"},
      {"(NP (NP (NNP May)) (NP (CD 3)) (NN x))", "(NP (NP (NNP May)) (NP (CD 3)) (NN x))"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, APhraseOverTheSamePhraseIsOne) {
  constexpr Example kExamples[] = {
      {"(NP (NP (NP (DT a) (NN dog))))", "(NP (DT a) (NN dog))"},
      {"(ROOT (S (S (VP (VP (VBZ runs)))) (. .)))", "(ROOT (S (S (VP (VBZ runs))) (. .)))"},
      {"(NN NN)", "(NN NN)"},
  };
  expect_changes(kExamples);
}

TEST(SpiceSurgery, AdverbsBetweenCoordinatedPhrases) {
  constexpr Example kExamples[] = {
      {"(VP (VP (VBG x)) (CC and) (RB yet) (VP (VBG y)))",
       "(VP (VP (VBG x)) (CONJP (CC and) (RB yet)) (VP (VBG y)))"},
      {"(S (S (VP (VBG x))) (CC and) (ADVP (RB so)) (S (VP (VBG y))))",
       "(S (S (VP (VBG x))) (CONJP (CC and) (ADVP (RB so))) (S (VP (VBG y))))"},
      {"(VP (VP (VBG x)) (, ,) (RB not) (VP (VBG y)))",
       "(VP (VP (VBG x)) (, ,) (VP (RB not) (VBG y)))"},
      {"(VP (VP (VBG x)) (CC and) (ADVP (RB then)) (VP (VBG y)))",
       "(VP (VP (VBG x)) (CC and) (VP (ADVP (RB then)) (VBG y)))"},
      {"(NP (NP (NN x)) (CONJP (RB as) (RB much)) (RB not) (NP (NN y)))",
       "(NP (NP (NN x)) (CONJP (RB as) (RB much)) (NP (RB not) (NN y)))"},
      {"(VP (VBG x) (CC and) (RB not) (VP (VBG y)))",
       "(VP (VBG x) (CC and) (RB not) (VP (VBG y)))"},
      {"(VP (VP (VBG x)) (CC and) (RB fast) (VP (VBG y)))",
       "(VP (VP (VBG x)) (CC and) (RB fast) (VP (VBG y)))"},
      {"(ADVP (ADVP (RB x)) (CC and) (RB not) (PP (IN in) (NP (NN y))))",
       "(ADVP (ADVP (RB x)) (CC and) (PP (RB not) (IN in) (NP (NN y))))"},
      {"(FRAG (NP (NN x)) (ADVP (RB here)) (VP (VBG y)))",
       "(FRAG (NP (NN x)) (VP (ADVP (RB here)) (VBG y)))"},
  };
  expect_changes(kExamples);
}

}  // namespace
}  // namespace vernier::tests

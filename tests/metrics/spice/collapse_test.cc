// Each step from basic dependencies to the collapsed, cc-processed graph.
#include <gtest/gtest.h>

#include "tests/metrics/spice/extraction.h"

namespace vernier::tests {
namespace {

TEST(SpiceCollapse, SubjectsOfPassiveVerbsBecomePassive) {
  EXPECT_EQ(
      collapsed("a/DT/2/det dog/NN/3/nsubj held/VBN/0/root was/VBD/3/auxpass that/IN/3/csubj"),
      "2>1:det 3>2:nsubjpass 3>4:auxpass 3>5:csubjpass 0>3:root");
  EXPECT_EQ(collapsed("dog/NN/2/nsubj barked/VBD/0/root was/VBD/2/aux"),
            "2>1:nsubj 2>3:aux 0>2:root");
}

TEST(SpiceCollapse, EqualEdgesAreKeptOnce) {
  EXPECT_EQ(collapsed("a/NN/0/root b/NN/1/nmod/1/nmod/1/dobj/1/nmod"),
            "1>2:dobj 1>2:nmod 0>1:root");
}

TEST(SpiceCollapse, WordsWithoutDependenciesAreNoNodes) {
  EXPECT_EQ(collapsed("a/NN/0/root b/NN/- c/NN/1/dep"), "1>3:dep 0>1:root");
  EXPECT_EQ(collapsed("a/NN/-"), "");
}

TEST(SpiceCollapse, PrepositionsOfTwoWordsAreJoined) {
  EXPECT_EQ(collapsed("walks/VBZ/0/root across/IN/4/case from/IN/4/case dogs/NNS/1/nmod"),
            "1>4:nmod:across_from 2>3:mwe 4>2:case 0>1:root");
  // The first word may be an adverb.
  EXPECT_EQ(collapsed("walks/VBZ/0/root Close/RB/4/advmod to/TO/4/case dogs/NNS/1/nmod"),
            "1>4:nmod:close_to 2>3:mwe 4>2:case 0>1:root");
}

TEST(SpiceCollapse, PairsThatAreNoneStay) {
  // Not next to each other; with a child; of different nouns; not in the list; in the list of
  // CoreNLP with a blank, which nothing matches.
  EXPECT_EQ(collapsed("walks/VBZ/0/root next/IN/5/case the/DT/5/det to/TO/5/case dogs/NNS/1/nmod"),
            "1>5:nmod:to 5>2:case 5>3:det 5>4:case 0>1:root");
  EXPECT_EQ(
      collapsed("walks/VBZ/0/root so/RB/3/advmod next/IN/5/case to/IN/5/case dogs/NNS/1/nmod"),
      "1>5:nmod:to 3>2:advmod 5>3:case 5>4:case 0>1:root");
  EXPECT_EQ(collapsed("walks/VBZ/0/root next/IN/1/case to/IN/4/case dogs/NNS/1/nmod"),
            "1>2:case 1>4:nmod:to 4>3:case 0>1:root");
  EXPECT_EQ(collapsed("walks/VBZ/0/root side/IN/4/case of/IN/4/case dogs/NNS/1/nmod"),
            "1>4:nmod:of 4>2:case 4>3:case 0>1:root");
  EXPECT_EQ(collapsed("walks/VBZ/0/root prior/IN/4/case to/IN/4/case dogs/NNS/1/nmod"),
            "1>4:nmod:to 4>2:case 4>3:case 0>1:root");
}

TEST(SpiceCollapse, AHeadedPairGivesItsPlaceToTheNoun) {
  EXPECT_EQ(collapsed("a/NN/0/root next/JJ/1/amod to/TO/5/case red/JJ/5/amod dogs/NNS/2/nmod"),
            "1>5:nmod:next_to 2>3:mwe 5>2:case 5>4:amod 0>1:root");
  // Its other children go along; the root's place too.
  EXPECT_EQ(collapsed("next/JJ/0/root to/TO/3/case him/PRP/1/nmod now/RB/1/advmod"),
            "1>2:mwe 3>1:case 3>4:advmod 0>3:root");
  // "away from" is no pair of two case words, but a headed one.
  EXPECT_EQ(collapsed("runs/VBZ/0/root away/RB/1/advmod from/IN/4/case dogs/NNS/2/nmod"),
            "1>4:nmod:away_from 2>3:mwe 4>2:case 0>1:root");
}

TEST(SpiceCollapse, AHeadedPairWithACopulaKeepsRelationsBetweenClauses) {
  EXPECT_EQ(collapsed("he/PRP/2/nsubj says/VBZ/0/root it/PRP/5/nsubj is/VBZ/5/cop next/JJ/2/ccomp "
                      "to/TO/7/case him/PRP/5/nmod"),
            "2>1:nsubj 2>7:ccomp 5>6:mwe 7>3:nsubj 7>4:cop 7>5:case 0>2:root");
  EXPECT_EQ(collapsed("he/PRP/2/nsubj says/VBZ/0/root it/PRP/5/nsubj so/IN/5/mark next/JJ/2/ccomp "
                      "to/TO/7/case him/PRP/5/nmod"),
            "2>1:nsubj 2>7:nmod:next_to 5>6:mwe 7>3:nsubj 7>4:mark 7>5:case 0>2:root");
  EXPECT_EQ(collapsed("says/VBZ/0/root is/VBZ/3/cop next/JJ/1/dobj to/TO/5/case him/PRP/3/nmod"),
            "1>5:nmod:next_to 3>4:mwe 5>2:cop 5>3:case 0>1:root");
}

TEST(SpiceCollapse, PrepositionsOfThreeWordsAreJoined) {
  EXPECT_EQ(collapsed("sits/VBZ/0/root in/IN/3/case front/NN/1/nmod of/IN/5/case dogs/NNS/3/nmod"),
            "1>5:nmod:in_front_of 2>3:mwe 2>4:mwe 5>2:case 0>1:root");
  EXPECT_EQ(
      collapsed("in/IN/2/case front/NN/0/root of/IN/4/case dogs/NNS/2/nmod there/RB/2/advmod"),
      "1>2:mwe 1>3:mwe 4>1:case 4>5:advmod 0>4:root");
  // A clause keeps its relation, and the preposition marks it.
  EXPECT_EQ(collapsed("sits/VBZ/0/root in/IN/3/case case/NN/1/nmod of/IN/5/mark raining/VBG/3/acl"),
            "1>5:acl 2>3:mwe 2>4:mwe 5>2:mark 0>1:root");
  // Under anything but nmod the noun takes that relation.
  EXPECT_EQ(collapsed("sits/VBZ/0/root in/IN/3/case case/NN/1/dep of/IN/5/mark raining/VBG/3/acl"),
            "1>5:dep 2>3:mwe 2>4:mwe 5>2:case 0>1:root");
}

TEST(SpiceCollapse, ADeterminerPreventsATriple) {
  EXPECT_EQ(collapsed("sits/VBZ/0/root on/IN/4/case the/DT/4/det top/NN/1/nmod of/IN/6/case "
                      "dogs/NNS/4/nmod"),
            "1>4:nmod:on 4>2:case 4>3:det 4>6:nmod:of 6>5:case 0>1:root");
}

TEST(SpiceCollapse, ConjoinedPhrasesCopyWhatTheyBelongTo) {
  EXPECT_EQ(collapsed("flies/VBZ/0/root to/TO/3/case it/PRP/1/nmod or/CC/3/cc from/IN/6/case "
                      "here/NN/3/conj"),
            "1>1'1:conj:or 1>3:nmod:to 1>4:cc 1'1>6:nmod:from 3>2:case 6>5:case 0>1:root");
  // The second conjunction finds the phrases moved, and makes copies without children.
  EXPECT_EQ(collapsed("flies/VBZ/0/root to/TO/3/case it/PRP/1/nmod or/CC/3/cc from/IN/6/case "
                      "here/NN/3/conj and/CC/3/cc at/IN/9/case night/NN/3/conj"),
            "1>1'1:conj:or 1>1'2:conj:or 1>1'3:conj:and 1>1'4:conj:and 1>3:nmod:to 1>4:cc 1>7:cc "
            "1'1>6:nmod:from 1'2>9:nmod:at 3>2:case 6>5:case 9>8:case 0>1:root");
}

TEST(SpiceCollapse, ConjoinedPrepositionsCopyWhatTheirPhraseBelongsTo) {
  EXPECT_EQ(collapsed("walks/VBZ/0/root to/TO/6/case and/CC/2/cc from/IN/2/conj the/DT/6/det "
                      "lake/NN/1/nmod"),
            "1>1'1:conj:and 1>6:nmod:to 1'1>6:nmod:from 2>3:cc 2>4:conj:and 6>2:case 6>5:det "
            "0>1:root");
  // Under a root there is nothing to copy.
  EXPECT_EQ(collapsed("on/IN/4/case and/CC/1/cc off/IN/1/conj beach/NN/0/root"),
            "1>2:cc 1>3:conj:and 4>1:case 0>4:root");
}

TEST(SpiceCollapse, AgentsOfPassiveVerbsAreMarked) {
  EXPECT_EQ(collapsed("seen/VBN/0/root is/VBZ/1/auxpass By/IN/4/case dogs/NNS/1/nmod"),
            "1>2:auxpass 1>4:nmod:agent 4>3:case 0>1:root");
  EXPECT_EQ(collapsed("seen/VBN/0/root by/IN/3/case dogs/NNS/1/nmod"),
            "1>3:nmod:by 3>2:case 0>1:root");
}

TEST(SpiceCollapse, CasesMarkNmodAclAndAdvcl) {
  EXPECT_EQ(collapsed("a/NN/0/root On/IN/3/case b/NN/1/nmod"), "1>3:nmod:on 3>2:case 0>1:root");
  EXPECT_EQ(collapsed("a/NN/0/root without/IN/3/case looking/VBG/1/acl"),
            "1>3:acl:without 3>2:case 0>1:root");
  EXPECT_EQ(collapsed("a/NN/0/root like/IN/3/case looking/VBG/1/advcl"),
            "1>3:advcl:like 3>2:case 0>1:root");
  EXPECT_EQ(collapsed("a/NN/0/root after/IN/3/mark eating/VBG/1/advcl"),
            "1>3:advcl 3>2:mark 0>1:root");
  EXPECT_EQ(collapsed("a/NN/0/root of/IN/3/case b/NN/1/nmod:poss c/NN/1/dobj of/IN/4/case"),
            "1>3:nmod:poss 1>4:dobj 3>2:case 4>5:case 0>1:root");
  EXPECT_EQ(collapsed("a/NN/0/root b/NN/1/nmod"), "1>2:nmod 0>1:root");
}

TEST(SpiceCollapse, OfSeveralCasesTheLastOneMarks) {
  EXPECT_EQ(collapsed("a/NN/0/root from/IN/4/case behind/IN/4/case trees/NNS/1/nmod"),
            "1>4:nmod:behind 4>2:case 4>3:case 0>1:root");
}

TEST(SpiceCollapse, MarkersWithAGapMakeAnEdgeMore) {
  EXPECT_EQ(collapsed("a/NN/0/root such/IN/4/case b/NN/4/dep c/NN/1/nmod as/IN/2/mwe"),
            "1>4:nmod:as 1>4:nmod:such 2>5:mwe 4>2:case 4>3:dep 0>1:root");
}

TEST(SpiceCollapse, AMarkerThatMakesAKnownRelationIsThatOne) {
  EXPECT_EQ(collapsed("a/NN/0/root poss/IN/3/case b/NN/1/nmod"), "1>3:nmod:poss 3>2:case 0>1:root");
  EXPECT_EQ(tuples_of("a/NN/0/root poss/IN/3/case b/NN/1/nmod"), "b|a|have, a, b");
  EXPECT_EQ(tuples_of("a/NN/0/root agent/IN/3/case b/NN/1/nmod"), "a, b");
}

TEST(SpiceCollapse, ConjunctsAreLabelledByTheConjunctionBeforeThem) {
  EXPECT_EQ(collapsed("a/NN/0/root ,/,/1/punct b/NN/1/conj Or/CC/1/cc c/NN/1/conj and/CC/1/cc "
                      "d/NN/1/conj"),
            "1>2:punct 1>3:conj:or 1>4:cc 1>5:conj:or 1>6:cc 1>7:conj:and 0>1:root");
  EXPECT_EQ(collapsed("a/NN/0/root b/NN/1/conj"), "1>2:conj 0>1:root");
}

TEST(SpiceCollapse, ConjunctionsOfSeveralWords) {
  const auto label = [](const std::string& words) {
    const std::string graph = collapsed("red/JJ/0/root " + words + " blue/JJ/1/conj");
    const std::size_t begin = graph.find("conj:");
    return begin == std::string::npos ? graph
                                      : graph.substr(begin + 5, graph.find(' ', begin) - begin - 5);
  };
  EXPECT_EQ(label("but/RB/1/dep not/CC/1/cc"), "negcc");
  EXPECT_EQ(label("not/CC/1/cc"), "not");
  EXPECT_EQ(label("but/CC/1/cc not/RB/1/neg"), "but");
  EXPECT_EQ(label("but/CC/1/cc rather/RB/2/mwe"), "negcc");
  EXPECT_EQ(label("if/CC/1/cc not/RB/2/mwe"), "negcc");
  EXPECT_EQ(label("instead/CC/1/cc of/IN/2/mwe"), "negcc");
  EXPECT_EQ(label("rather/CC/1/cc than/IN/2/mwe"), "negcc");
  EXPECT_EQ(label("but/CC/1/cc also/RB/2/mwe"), "and");
  EXPECT_EQ(label("as/CC/1/cc well/RB/2/mwe"), "and");
  EXPECT_EQ(label("not/CC/1/cc to/TO/2/mwe mention/VB/2/mwe"), "and");
  EXPECT_EQ(label("not/CC/1/cc to/TO/2/mwe say/VB/2/mwe"), "not");
  EXPECT_EQ(label("and/CC/1/cc"), "and");
  // A word that is no node does not count.
  EXPECT_EQ(label("as/CC/1/cc well/RB/-"), "as");
}

TEST(SpiceCollapse, ConjunctsShareWhatTheFirstDependsOn) {
  EXPECT_EQ(collapsed("eats/VBZ/0/root rice/NN/1/dobj and/CC/2/cc beans/NNS/2/conj"),
            "1>2:dobj 1>4:dobj 2>3:cc 2>4:conj:and 0>1:root");
  // Not what depends on it; not where no conjunction labels it; not case edges.
  EXPECT_EQ(collapsed("men/NNS/0/root and/CC/1/cc women/NNS/1/conj riding/VBG/1/acl"),
            "1>2:cc 1>3:conj:and 1>4:acl 0>1:root");
  EXPECT_EQ(collapsed("eats/VBZ/0/root rice/NN/1/dobj beans/NNS/2/conj"),
            "1>2:dobj 2>3:conj 0>1:root");
  EXPECT_EQ(collapsed("on/IN/4/case and/CC/1/cc off/IN/1/conj beach/NN/0/root"),
            "1>2:cc 1>3:conj:and 4>1:case 0>4:root");
}

TEST(SpiceCollapse, HeadsOfTwoRelativeClausesDoNotShareSubjectsAndObjects) {
  const std::string parse =
      "sees/VBZ/0/root men/NNS/1/dobj who/WP/4/nsubj sit/VBP/2/acl:relcl and/CC/2/cc "
      "women/NNS/2/conj who/WP/8/nsubj stand/VBP/6/";
  EXPECT_EQ(
      collapsed(parse + "acl:relcl"),
      "1>2:dobj 2>4:acl:relcl 2>5:cc 2>6:conj:and 4>3:nsubj 6>8:acl:relcl 8>7:nsubj 0>1:root");
  EXPECT_EQ(collapsed(parse + "acl"),
            "1>2:dobj 1>6:dobj 2>4:acl:relcl 2>5:cc 2>6:conj:and 4>3:nsubj 6>8:acl 8>7:nsubj "
            "0>1:root");
}

TEST(SpiceCollapse, VerbsAndAdjectivesShareTheSubject) {
  EXPECT_EQ(collapsed("man/NN/2/nsubj sits/VBZ/0/root and/CC/2/cc eats/VBZ/2/conj"),
            "2>1:nsubj 2>3:cc 2>4:conj:and 4>1:nsubj 0>2:root");
  EXPECT_EQ(collapsed("man/NN/2/nsubj sits/VBZ/0/root and/CC/2/cc happy/JJ/2/conj"),
            "2>1:nsubj 2>3:cc 2>4:conj:and 4>1:nsubj 0>2:root");
  // Not a noun, and not a verb with a subject of its own.
  EXPECT_EQ(collapsed("man/NN/2/nsubj sits/VBZ/0/root and/CC/2/cc dog/NN/2/conj"),
            "2>1:nsubj 2>3:cc 2>4:conj:and 0>2:root");
  EXPECT_EQ(collapsed("man/NN/2/nsubj sits/VBZ/0/root and/CC/2/cc dog/NN/5/nsubj eats/VBZ/2/conj"),
            "2>1:nsubj 2>3:cc 2>5:conj:and 5>4:nsubj 0>2:root");
}

TEST(SpiceCollapse, ASharedSubjectIsPassiveWhereTheVerbIs) {
  const auto relation = [](const std::string& subject, const std::string& verb) {
    const std::string graph = collapsed(
        "man/NN/2/" + subject + " seen/VBN/0/root and/CC/2/cc was/VBD/5/" + verb + "/2/conj");
    const std::size_t begin = graph.find("5>1:");
    return graph.substr(begin + 4, graph.find(' ', begin) - begin - 4);
  };
  EXPECT_EQ(relation("nsubj", "auxpass held/VBN"), "nsubjpass");
  EXPECT_EQ(relation("csubj", "auxpass held/VBN"), "csubjpass");
  EXPECT_EQ(relation("nsubj", "aux held/VBN"), "nsubj");
  EXPECT_EQ(relation("nsubjpass", "aux sits/VBZ"), "nsubj");
  EXPECT_EQ(relation("nsubjpass", "aux sit/VBP"), "nsubj");
  EXPECT_EQ(relation("nsubjpass", "aux sit/VB"), "nsubj");
  EXPECT_EQ(relation("nsubjpass", "aux happy/JJ"), "nsubj");
  EXPECT_EQ(relation("csubjpass", "aux sit/VB"), "csubj");
  EXPECT_EQ(relation("nsubjpass", "aux held/VBN"), "nsubjpass");
  EXPECT_EQ(relation("nsubjpass", "aux sat/VBD"), "nsubjpass");
}

}  // namespace
}  // namespace vernier::tests

// Trees of whole captions, and what CoreNLP 3.6.0 makes of them.
#include <gtest/gtest.h>

#include <thread>

#include "base/error.h"
#include "tests/metrics/spice/dependencies/trees.h"

namespace vernier::tests {
namespace {

constexpr TreeExample kCaptions[] = {
    {"(S (NP (DT a) (NN man)) (VP (VBZ is) (VP (VBG riding) (NP (DT a) (NN horse)) (PP (IN on) "
     "(NP (DT the) (NN beach))))))",
     "2:det 4:nsubj 4:aux 0:root 6:det 4:dobj 9:case 9:det 4:nmod"},
    {"(NP (NP (DT a) (NN man)) (VP (VBG riding) (NP (DT a) (NN wave)) (PP (IN on) (NP (NP (NN "
     "top)) (PP (IN of) (NP (DT a) (NN surfboard)))))))",
     "2:det 0:root 2:acl 5:det 3:dobj 7:case 3:nmod 10:case 10:det 7:nmod"},
    {"(NP (NP (NP (DT a) (NN woman)) (VP (VBG sitting) (PP (IN at) (NP (DT a) (NN table))))) "
     "(CC and) (NP (DT a) (NN dog)))",
     "2:det 0:root 2:acl 6:case 6:det 3:nmod 2:cc 9:det 2:conj"},
    {"(S (NP (EX there)) (VP (VBP are) (NP (NP (CD two) (NNS men)) (PP (IN in) (NP (DT the) (NN "
     "room))))))",
     "2:expl 0:root 4:nummod 2:nsubj 7:case 7:det 4:nmod"},
    {"(S (NP (DT the) (NN man)) (VP (VBZ is) (PP (IN in) (NP (DT the) (NN house)))))",
     "2:det 6:nsubj 6:cop 6:case 6:det 0:root"},
    {"(S (NP (DT the) (NN cat)) (VP (VBZ is) (ADJP (JJ black) (CC and) (JJ white))))",
     "2:det 4:nsubj 4:cop 0:root 4:cc 4:conj"},
    {"(S (NP (DT a) (NN dog)) (VP (VBZ is) (VP (VBN held) (PP (IN by) (NP (DT a) (NN woman))))))",
     "2:det 4:nsubjpass 4:auxpass 0:root 7:case 7:det 4:nmod"},
    {"(NP (NP (DT a) (JJ red) (CC and) (JJ white) (NN bus)) (VP (VBN parked) (PP (IN next) (PP "
     "(TO to) (NP (DT a) (NN building))))))",
     "5:det 5:amod 2:cc 2:conj 0:root 5:acl 10:case 10:case 10:det 6:nmod"},
    {"(NP (NP (DT a) (NN cat)) (SBAR (WHNP (WDT that)) (S (VP (VBZ is) (VP (VBG sleeping) (ADVP "
     "(RB outside)))))))",
     "2:det 0:root 5:nsubj 5:aux 2:acl:relcl 5:advmod"},
    {"(NP (NP (DT a) (NN table)) (PP (IN with) (NP (NP (NNS plates)) (, ,) (NP (NNS forks)) (CC "
     "and) (NP (NNS knives)))))",
     "2:det 0:root 4:case 2:nmod 4:punct 4:conj 4:cc 4:conj"},
    {"(NP (NP (DT a) (NN person)) (VP (VBG holding) (PRT (RP up)) (NP (NP (DT a) (NN woman) "
     "(POS 's)) (NN hand))))",
     "2:det 0:root 2:acl 3:compound:prt 6:det 8:nmod:poss 6:case 3:dobj"},
    {"(FRAG (NP (NP (DT a) (NN kitchen)) (PP (IN with) (NP (DT no) (NN lights)))) (. .))",
     "2:det 0:root 5:case 5:neg 2:nmod 2:punct"},
    {"(S (S (NP (CD two) (NNS people)) (VP (VBP are) (VP (VBG skiing)))) (CC and) (S (NP (CD "
     "one)) (VP (VBZ is) (RB not))))",
     "2:nummod 4:nsubj 4:aux 0:root 4:cc 7:nsubj 4:conj 7:neg"},
    {"(S (NP (DT a) (NN man)) (VP (VBZ stands) (PP (IN in) (NP (NN front)) (PP (IN of) (NP (DT "
     "a) (NN car)))) (NP-TMP (DT this) (NN morning))))",
     "2:det 3:nsubj 0:root 5:case 3:nmod 8:case 8:det 5:nmod 10:det 3:nmod:tmod"},
    {"(NP (NP (DT a) (NN group)) (PP (IN of) (NP (NNS people))) (VP (VBG standing) (PP (IN "
     "around))))",
     "2:det 0:root 4:case 2:nmod 2:acl 5:nmod"},
    {"(SINV (PP (IN on) (NP (DT the) (NN bed))) (VP (VBZ sits)) (NP (DT a) (NN cat)))",
     "3:case 3:det 4:nmod 0:root 6:det 4:nsubj"},
    {"(S (NP (DT a) (NN train)) (VP (VBZ has) (VP (VBN been) (VP (VBN painted) (S (ADJP (JJ "
     "green)))))))",
     "2:det 5:nsubjpass 5:aux 5:auxpass 0:root 5:xcomp"},
    {"(S (NP (DT a) (NN girl)) (VP (VBZ gives) (NP (DT the) (NN dog)) (NP (DT a) (NN bone))))",
     "2:det 3:nsubj 0:root 5:det 3:iobj 7:det 3:dobj"},
    {"(S (PP (IN in) (NP (DT the) (NN background))) (NP (DT a) (NN man)) (VP (VBZ looks) (PP "
     "(IN at) (NP (DT the) (NN sea)))))",
     "3:case 3:det 6:nmod 5:det 6:nsubj 0:root 9:case 9:det 6:nmod"},
    {"(S (NP (DT a) (NN man)) (VP (VBZ watches) (S (NP (DT a) (NN boy)) (VP (VB play) (NP (NN "
     "ball))))))",
     "2:det 3:nsubj 0:root 5:det 6:nsubj 3:ccomp 6:dobj"},
    {"(NP (NP (DT a) (NN man)) (VP (VP (VBG sitting)) (CC and) (VP (VBG eating) (NP (NN "
     "food)))))",
     "2:det 0:root 2:dep 3:cc 3:conj 5:dobj"},
    {"(FRAG (NP (DT a) (NN dog)) (VP (VBG running)) (ADVP (RB outside)))",
     "2:det 0:root 2:dep 2:dep"},
    {"(S (NP (DT a) (NN dog)) (VP (VBZ is) (ADVP (RB outside))))", "2:det 3:nsubj 0:root 3:advmod"},
    {"(S (NP (EX there)) (VP (VBZ is) (NP (NP (DT a) (NN man)) (VP (VBG riding) (NP (DT a) (NN "
     "bike))))))",
     "2:expl 0:root 4:det 2:nsubj 4:acl 7:det 5:dobj"},
    {"(S (NP (EX there)) (VP (VBZ is) (VP (VBG standing) (NP (DT a) (NN man)))))",
     "3:expl 3:aux 0:root 5:det 3:dobj"},
    {"(NP (NP (DT the) (NN man)) (SBAR (WHNP (WP who)) (S (NP (DT the) (NN dog)) (VP (VBZ is) "
     "(VP (VBG looking) (PP (IN at)))))))",
     "2:det 0:root 7:nmod 5:det 7:nsubj 7:aux 2:acl:relcl 3:case"},
    {"(NP (NP (DT the) (NN bike)) (SBAR (WHNP (WDT that)) (S (NP (PRP he)) (VP (VBZ rides)))))",
     "2:det 0:root 5:dobj 5:nsubj 2:acl:relcl"},
    {"(S (NP (DT a) (NN man)) (VP (VBZ holds) (SBAR (WHNP (WP what)) (S (VP (VBZ appears) (S "
     "(VP (TO to) (VP (VB be) (NP (DT a) (NN cat))))))))))",
     "2:det 3:nsubj 0:root 5:nsubj 3:ccomp 9:mark 9:cop 9:det 5:xcomp"},
    {"(X (NP (DT a) (NN close)) (PRT (RP up)) (PP (IN of) (NP (NN food))))",
     "2:det 0:root 2:dep 5:case 2:nmod"},
    {"(NP (NP (DT a) (NN sign)) (SBAR (IN that) (S (VP (VBZ says) (NP (NN stop))))))",
     "2:det 0:root 4:mark 2:dep 4:dobj"},
    {"(NP (NP (JJ several) (NNS people)) (VP (VBG sitting) (PP (IN on) (NP (DT a) (NN bench))) "
     "(PP (VBG looking) (PP (IN at) (NP (NN water))))))",
     "2:amod 0:root 2:acl 6:case 6:det 3:nmod 9:case 9:case 3:advcl"},
    {"(S (NP (NNS people)) (VP (VBP are) (VP (VBG walking) (CC and) (VBG riding) (NP (NNS "
     "bikes)))))",
     "3:nsubj 3:aux 0:root 3:cc 3:conj 3:dobj"},
    {"(NP (NP (DT a) (NN dog)) (PP (IN without) (S (VP (VBG wearing) (NP (DT a) (NN leash))))))",
     "2:det 0:root 4:mark 2:acl 6:det 4:dobj"},
    {"(NP (QP (IN at) (JJS least) (CD three)) (NNS dogs))", "2:case 3:nmod:npmod 4:nummod 0:root"},
};

TEST(SpiceDependencyExamples, AreAsTheOriginalMakesThem) {
  EXPECT_EQ(std::size(kCaptions), 34u);
  for (const auto& [tree, dependencies] : kCaptions) {
    EXPECT_EQ(dependencies_of(tree), dependencies) << tree;
  }
}

// Threads share the rules, nothing else.
TEST(SpiceDependencyExamples, AreTheSameInEveryThread) {
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&result] {
      for (const auto& [tree, dependencies] : kCaptions) result += dependencies_of(tree) + "\n";
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::string expected;
  for (const auto& [tree, dependencies] : kCaptions) expected += std::string(dependencies) + "\n";
  for (const std::string& result : results) EXPECT_EQ(result, expected);
}

TEST(SpiceDependencyExamples, DoNotDependOnEarlierOnes) {
  for (const auto& [before, unused] : kCaptions) {
    dependencies_of(before);
    EXPECT_EQ(dependencies_of(kCaptions[0].tree), kCaptions[0].dependencies);
  }
}

TEST(SpiceDependencyExamples, WordsAreComparedInLowerCase) {
  EXPECT_EQ(dependencies_of("(S (NP (DT A) (NN Dog)) (VP (VBZ IS) (VP (VBN Held))))"),
            "2:det 4:nsubjpass 4:auxpass 0:root");
}

TEST(SpiceDependencyExamples, OneWordIsARoot) {
  EXPECT_EQ(dependencies_of("(NN dog)"), "0:root");
  EXPECT_EQ(dependencies_of("(ROOT (NN dog))"), "0:root");
  EXPECT_EQ(dependencies_of("(ROOT (. .))"), "0:root");
}

TEST(SpiceDependencyExamples, AFailedParseIsAllStranded) {
  EXPECT_EQ(dependencies_of("(X (XX a) (XX dog) (XX runs))"), "3:dep 3:dep 0:root");
}

TEST(SpiceDependencyExamples, OtherWordsThanTheTreesAreRefused) {
  spice::DependencyConverter converter;
  std::vector<spice::Dependency> out;
  const spice::LemmaOf none = [](std::size_t) { return std::string(); };
  const auto read = spice::read_tree("(NP (DT a) (NN dog))").value();
  const std::vector<std::string_view> one = {"a"};
  EXPECT_THROW(converter.convert(read.tree, one, none, out), Error);
  EXPECT_THROW(converter.convert({}, {}, none, out), Error);
  spice::Tree unordered = read.tree;
  std::swap(unordered[1], unordered[2]);
  EXPECT_THROW(converter.convert(unordered, read.words, none, out), Error);
}

}  // namespace
}  // namespace vernier::tests

// The changes of the graph behind the relation rules.
#include <gtest/gtest.h>

#include "metrics/spice/dependencies/graph/finishing.h"
#include "tests/metrics/spice/dependencies/trees.h"

namespace vernier::tests {
namespace {

using namespace spice;

constexpr EdgeName kDet = edge_name(Relation::kDet), kNmod = edge_name(Relation::kNmod),
                   kCase = edge_name(Relation::kCase), kDobj = edge_name(Relation::kDobj),
                   kDep = edge_name(Relation::kDep), kXcomp = edge_name(Relation::kXcomp),
                   kIobj = edge_name(Relation::kIobj), kNsubj = edge_name(Relation::kNsubj),
                   kCsubj = edge_name(Relation::kCsubj), kAuxpass = edge_name(Relation::kAuxpass),
                   kNsubjpass = edge_name(Relation::kNsubjpass),
                   kCsubjpass = edge_name(Relation::kCsubjpass);

constexpr std::size_t kWords = 40;

/// Of words that are nouns but for the first, and whose lemmas are "x" but for word 2.
std::vector<NamedEdge> finished(std::vector<NamedEdge> edges, Label first_tag = Label::kWp,
                                const std::string& second_lemma = "x") {
  std::vector<Label> tags(kWords, Label::kNn);
  tags[0] = first_tag;
  const std::set<std::string, std::less<>> lemmas = {"seem"};
  finish(edges, {tags, [&](std::size_t word) { return word == 1 ? second_lemma : "x"; }, lemmas});
  return edges;
}

TEST(SpiceFinishing, OrdersEdgesAndDropsDuplicates) {
  EXPECT_EQ(finished({{2, 3, kNmod}, {2, 1, kDet}, {4, 1, kDet}, {2, 3, kNmod}, {2, 1, kCase}}),
            (std::vector<NamedEdge>{{2, 1, kCase}, {2, 1, kDet}, {4, 1, kDet}, {2, 3, kNmod}}));
}

TEST(SpiceFinishing, QuestionWordsGoToTheOpenClause) {
  const std::vector<NamedEdge> moved = {{3, 1, kDobj}, {2, 3, kXcomp}};
  EXPECT_EQ(finished({{2, 1, kDobj}, {2, 3, kXcomp}}), moved);
  EXPECT_EQ(finished({{2, 1, kDep}, {2, 3, kXcomp}}, Label::kWp, "seem"), moved);
  EXPECT_EQ(finished({{2, 1, kDep}, {2, 3, kXcomp}, {2, 4, kIobj}}),
            (std::vector<NamedEdge>{{3, 1, kDobj}, {2, 3, kXcomp}, {2, 4, kIobj}}));
}

TEST(SpiceFinishing, OtherWordsDoNot) {
  const std::vector<NamedEdge> object = {{2, 1, kDobj}, {2, 3, kXcomp}};
  EXPECT_EQ(finished(object, Label::kNn), object);
  const std::vector<NamedEdge> stranded = {{2, 1, kDep}, {2, 3, kXcomp}};
  EXPECT_EQ(finished(stranded), stranded);  // "x" is no verb of the list
  const std::vector<NamedEdge> no_clause = {{2, 1, kDobj}};
  EXPECT_EQ(finished(no_clause), no_clause);
  // The first object counts, which is no question word.
  const std::vector<NamedEdge> second = {{20, 1, kDobj}, {20, 3, kXcomp}, {20, 16, kDobj}};
  EXPECT_EQ(finished(second), second);
}

// Decided on the graph as it was: word 1 reaches word 3 only, not word 4.
TEST(SpiceFinishing, QuestionWordsMoveOnce) {
  EXPECT_EQ(finished({{2, 1, kDobj}, {2, 3, kXcomp}, {3, 4, kXcomp}}),
            (std::vector<NamedEdge>{{3, 1, kDobj}, {2, 3, kXcomp}, {3, 4, kXcomp}}));
}

TEST(SpiceFinishing, PrepositionsGoToWhatStandsBeforeThem) {
  EXPECT_EQ(finished({{2, 1, kRelName}, {2, 3, kPrepName}}),
            (std::vector<NamedEdge>{{2, 1, kNmod}, {1, 3, kCase}}));
  EXPECT_EQ(finished({{2, 1, kNmod}, {2, 3, kPrepName}}),
            (std::vector<NamedEdge>{{2, 1, kNmod}, {1, 3, kCase}}));
  // Behind it, or another relation: the preposition stays.
  EXPECT_EQ(finished({{2, 4, kNmod}, {2, 3, kPrepName}}),
            (std::vector<NamedEdge>{{2, 3, kNmod}, {2, 4, kNmod}}));
  EXPECT_EQ(finished({{2, 1, kDobj}, {2, 3, kPrepName}}),
            (std::vector<NamedEdge>{{2, 1, kDobj}, {2, 3, kNmod}}));
  // One that stays is what the next one finds.
  EXPECT_EQ(finished({{2, 3, kPrepName}, {2, 4, kPrepName}}),
            (std::vector<NamedEdge>{{2, 3, kNmod}, {3, 4, kCase}}));
}

// Children are looked at by their places modulo 16, and modulo 32 where there are more than 12.
TEST(SpiceFinishing, ChildrenComeInTheOrderOfAHashTable) {
  EXPECT_EQ(finished({{20, 2, kNmod}, {20, 17, kNmod}, {20, 21, kPrepName}}),
            (std::vector<NamedEdge>{{20, 2, kNmod}, {20, 17, kNmod}, {17, 21, kCase}}));
  EXPECT_EQ(finished({{20, 1, kNmod}, {20, 17, kNmod}, {20, 21, kPrepName}}),
            (std::vector<NamedEdge>{{20, 1, kNmod}, {20, 17, kNmod}, {1, 21, kCase}}));
  std::vector<NamedEdge> many = {{20, 2, kNmod}, {20, 17, kNmod}, {20, 21, kPrepName}};
  for (std::uint16_t word = 22; word < 32; ++word) many.push_back({20, word, kDep});
  const std::vector<NamedEdge> done = finished(many);
  EXPECT_NE(std::find(done.begin(), done.end(), NamedEdge{2, 21, kCase}), done.end());
}

TEST(SpiceFinishing, WhatIsLeftOfRelativeWordsAreObjects) {
  EXPECT_EQ(finished({{2, 1, kRelName}}), (std::vector<NamedEdge>{{2, 1, kDobj}}));
}

TEST(SpiceFinishing, SubjectsOfPassivesArePassive) {
  EXPECT_EQ(finished({{4, 1, kNsubj}, {4, 2, kCsubj}, {4, 3, kAuxpass}, {6, 5, kNsubj}}),
            (std::vector<NamedEdge>{
                {4, 1, kNsubjpass}, {4, 2, kCsubjpass}, {4, 3, kAuxpass}, {6, 5, kNsubj}}));
}

// Through the whole converter, with lemmas from the caller.
TEST(SpiceFinishing, AsksForTheLemmaOfTheVerb) {
  constexpr std::string_view kTree =
      "(VP (VBZ seems) (X (WP what)) (S (VP (TO to) (VP (VB eat)))))";
  EXPECT_EQ(dependencies_of(kTree, {"go"}), "0:root 1:dep 4:mark 1:xcomp");
  EXPECT_EQ(dependencies_of(kTree, {"seem"}), "0:root 4:dobj 4:mark 1:xcomp");
  EXPECT_EQ(dependencies_of(kTree, {"yen"}), "0:root 4:dobj 4:mark 1:xcomp");
}

}  // namespace
}  // namespace vernier::tests

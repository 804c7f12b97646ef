// Claims against graphs, worked by hand.
#include "judges/probes/relation/fact_judge.h"

#include <gtest/gtest.h>

#include <cmath>

#include "judges/probes/relation/attributes.h"
#include "judges/probes/relation/scores/co_occurrence.h"
#include "judges/probes/relation/scores/fact_counts.h"
#include "tests/support/word_net.h"

namespace vernier::probes {
namespace {

Fact object(const std::string& name) { return {FactKind::kObject, name, "", ""}; }
Fact attribute(const std::string& name, const std::string& what) {
  return {FactKind::kAttribute, name, what, ""};
}
Fact relation(const std::string& s, const std::string& p, const std::string& o) {
  return {FactKind::kRelation, s, p, o};
}

class FactJudgeTest : public testing::Test {
 protected:
  void SetUp() override {
    VERNIER_REQUIRE_WORDNET();
    static const auto net = text::WordNet::open(text::kWordNetFolder);
    static const auto senses = text::SenseNet::open(text::kWordNetFolder);
    word_net_ = net;
    senses_ = senses;
  }
  /// A man rides a brown horse that is next to a big dog; a cup is on a table.
  ImageScene scene(GraphKind kind = GraphKind::kOpen) const {
    ImageScene scene;
    scene.kind = kind;
    scene.objects = {{{"man"}, {}},
                     {{"horse"}, {"brown"}},
                     {{"dog"}, {"big"}},
                     {{"cup"}, {}},
                     {{"wooden table"}, {}}};
    scene.relations = {{0, "is riding", 1}, {1, "beside", 2}, {3, "on top of", 4}};
    return scene;
  }
  JudgedFact judge(const Fact& claim, GraphKind kind = GraphKind::kOpen) const {
    const TruthGraph truth(scene(kind), *word_net_);
    return FactJudge(*word_net_, *senses_).judge({{claim}, 1, 0}, truth).facts.at(0);
  }
  FactVerdict verdict(const std::string& s, const std::string& p, const std::string& o,
                      GraphKind kind = GraphKind::kOpen) const {
    return judge(relation(s, p, o), kind).verdict;
  }
  std::string canonical(const std::string& predicate) const {
    return Predicates::get().canonical(predicate, *word_net_);
  }

  std::shared_ptr<const text::WordNet> word_net_;
  std::shared_ptr<const text::SenseNet> senses_;
};

TEST_F(FactJudgeTest, BringsPredicatesToOneName) {
  EXPECT_EQ(canonical("is riding"), "ride");
  EXPECT_EQ(canonical("riding on"), "ride");
  EXPECT_EQ(canonical("on the top of"), "on");
  EXPECT_EQ(canonical("sitting on top of"), "sit on");
  EXPECT_EQ(canonical("standing beside"), "stand next to");
  EXPECT_EQ(canonical("to the left of"), "left of");
  EXPECT_EQ(canonical("wears"), "wear");
  EXPECT_EQ(canonical("sitting by"), "sit near");
  EXPECT_EQ(canonical("held by"), "hold by");
  EXPECT_EQ(canonical("flooble"), "flooble");
  EXPECT_EQ(Predicates::get().inverse("on"), "under");
  EXPECT_EQ(Predicates::get().inverse("near"), "near");
  EXPECT_EQ(Predicates::get().inverse("hold by"), "hold");
  EXPECT_EQ(Predicates::get().inverse("eat"), "");
  EXPECT_TRUE(Predicates::get().implies("sit on", "on"));
  EXPECT_FALSE(Predicates::get().implies("on", "sit on"));
  EXPECT_TRUE(Predicates::get().implies("next to", "near"));
}

TEST_F(FactJudgeTest, SupportsWhatTheGraphSaysInOtherWords) {
  EXPECT_EQ(verdict("man", "ride", "horse"), FactVerdict::kSupported);
  EXPECT_EQ(verdict("person", "riding", "animal"), FactVerdict::kSupported);
  EXPECT_EQ(verdict("cup", "on", "table"), FactVerdict::kSupported);
  EXPECT_EQ(verdict("dog", "next to", "horse"), FactVerdict::kSupported) << "symmetric";
  EXPECT_EQ(verdict("dog", "near", "horse"), FactVerdict::kSupported) << "next to is near";
  EXPECT_EQ(verdict("table", "under", "cup"), FactVerdict::kSupported) << "inverse";
  EXPECT_EQ(verdict("horse", "ridden by", "man"), FactVerdict::kSupported) << "passive";
}

TEST_F(FactJudgeTest, SplitsWhatIsInvented) {
  const JudgedFact missing = judge(relation("man", "hold", "umbrella"));
  EXPECT_EQ(missing.verdict, FactVerdict::kObjectMissing);
  EXPECT_EQ(missing.because, "umbrella");
  const JudgedFact swapped = judge(relation("horse", "ride", "man"));
  EXPECT_EQ(swapped.verdict, FactVerdict::kSwapped);
  EXPECT_EQ(swapped.because, "man ride horse");
  EXPECT_EQ(verdict("cup", "under", "table"), FactVerdict::kSwapped);
  EXPECT_EQ(verdict("table", "on", "cup"), FactVerdict::kSwapped);
  EXPECT_EQ(verdict("man", "wash", "horse"), FactVerdict::kDiffers) << "both may be true";
  EXPECT_EQ(verdict("man", "near", "dog"), FactVerdict::kUnknown);
  EXPECT_EQ(verdict("man", "sit on", "horse"), FactVerdict::kUnknown) << "a place besides a doing";
}

TEST_F(FactJudgeTest, AbsenceMeansSomethingInFullGraphsOnly) {
  for (const GraphKind kind : {GraphKind::kOpen, GraphKind::kPruned}) {
    EXPECT_EQ(verdict("man", "near", "dog", kind), FactVerdict::kUnknown);
    EXPECT_EQ(verdict("cup", "near", "dog", kind), FactVerdict::kUnknown);
  }
  EXPECT_EQ(verdict("man", "near", "dog", GraphKind::kFull), FactVerdict::kPredicateWrong);
  EXPECT_EQ(verdict("man", "wash", "horse", GraphKind::kFull), FactVerdict::kPredicateWrong);
  EXPECT_EQ(verdict("cup", "near", "dog", GraphKind::kFull), FactVerdict::kUnknown)
      << "no edges join them: another level";
}

TEST_F(FactJudgeTest, JudgesObjectsAndAttributes) {
  EXPECT_EQ(judge(object("stallion")).verdict, FactVerdict::kSupported);
  EXPECT_EQ(judge(object("lamp")).verdict, FactVerdict::kObjectMissing);
  EXPECT_EQ(judge(object("background")).verdict, FactVerdict::kUnknown);
  EXPECT_EQ(judge(attribute("horse", "brown")).verdict, FactVerdict::kSupported);
  const JudgedFact white = judge(attribute("horse", "white"));
  EXPECT_EQ(white.verdict, FactVerdict::kAttributeWrong);
  EXPECT_EQ(white.because, "brown horse");
  EXPECT_EQ(judge(attribute("dog", "tiny")).verdict, FactVerdict::kAttributeWrong);
  EXPECT_EQ(judge(attribute("horse", "fast")).verdict, FactVerdict::kUnknown);
  EXPECT_EQ(judge(attribute("lamp", "red")).verdict, FactVerdict::kObjectMissing);
  EXPECT_TRUE(same_colour("gray", "grey"));
  EXPECT_FALSE(exclude("gray", "grey"));
  EXPECT_TRUE(exclude("large", "small"));
  EXPECT_FALSE(exclude("large", "red"));
}

TEST_F(FactJudgeTest, CountsCoverageAndScores) {
  const TruthGraph truth(scene(), *word_net_);
  const JudgedFacts judged =
      FactJudge(*word_net_, *senses_)
          .judge({{object("man"), object("lamp"), attribute("horse", "brown"),
                   relation("man", "ride", "horse"), relation("man", "hold", "lamp")},
                  1,
                  0},
                 truth);
  EXPECT_EQ(judged.coverage.objects, 5u);
  EXPECT_EQ(judged.coverage.objects_covered, 2u);
  EXPECT_EQ(judged.coverage.attributes, 2u);
  EXPECT_EQ(judged.coverage.attributes_covered, 1u);
  EXPECT_EQ(judged.coverage.relations, 3u);
  EXPECT_EQ(judged.coverage.relations_covered, 1u);
  FactCounts counts;
  counts.add(judged);
  const ElementScores relations = element_scores(counts, FactKind::kRelation);
  EXPECT_DOUBLE_EQ(relations.precision, 0.5);
  EXPECT_DOUBLE_EQ(relations.recall, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(relations.f1, 0.4);
  EXPECT_DOUBLE_EQ(relations.hallucination, 0.5);
  EXPECT_DOUBLE_EQ(relations.judged, 1);
  EXPECT_TRUE(std::isnan(element_scores({}, FactKind::kObject).precision));
}

TEST_F(FactJudgeTest, ReferencesMakeAGraph) {
  const std::vector<Facts> references = {
      {{object("woman"), attribute("hat", "red"), relation("woman", "wear", "hat")}, 1, 0},
      {{relation("woman", "hold", "umbrella")}, 1, 0}};
  const TruthGraph truth(references, *word_net_);
  EXPECT_EQ(truth.objects().size(), 3u);
  EXPECT_EQ(truth.edges().size(), 2u);
  FactJudge judge(*word_net_, *senses_);
  const JudgedFacts judged =
      judge.judge({{relation("woman", "wear", "hat"), attribute("hat", "blue")}, 1, 0}, truth);
  EXPECT_EQ(judged.facts[0].verdict, FactVerdict::kSupported);
  EXPECT_EQ(judged.facts[1].verdict, FactVerdict::kAttributeWrong);
}

TEST_F(FactJudgeTest, WhatStandsBehindIsIsAnAttribute) {
  ImageScene scene;
  scene.objects = {{{"laptop"}, {}}, {{"black"}, {}}};
  scene.relations = {{0, "is", 1}};
  const TruthGraph truth(scene, *word_net_);
  EXPECT_TRUE(truth.edges().empty());
  FactJudge judge(*word_net_, *senses_);
  EXPECT_EQ(judge.judge({{attribute("laptop", "black")}, 1, 0}, truth).facts[0].verdict,
            FactVerdict::kSupported);
  EXPECT_EQ(judge.judge({{object("black")}, 1, 0}, truth).facts[0].verdict,
            FactVerdict::kObjectMissing);
}

TEST_F(FactJudgeTest, CountsHowUsualRelationsAre) {
  CoOccurrence known(*word_net_);
  known.add(TruthGraph(scene(), *word_net_));
  known.add(TruthGraph(scene(), *word_net_));
  EXPECT_EQ(known.subject_relation(relation("men", "riding", "bike")), 0u)
      << "'men' is a noun of its own in WordNet";
  EXPECT_EQ(known.subject_relation(relation("man", "riding", "bike")), 2u);
  EXPECT_EQ(known.relation_object(relation("girl", "rides", "horse")), 2u);
  EXPECT_EQ(known.relation_object(relation("girl", "wash", "horse")), 0u);

  // Eight claims of counts 0, 0, 0, 0, 2, 2, 2, 2: two parts; invented are the rare ones.
  std::vector<JudgedFacts> captions(4);
  for (JudgedFacts& caption : captions) {
    caption.facts.push_back({relation("man", "wash", "dog"), FactVerdict::kObjectMissing, ""});
    caption.facts.push_back({relation("man", "ride", "horse"), FactVerdict::kSupported, ""});
    caption.facts.push_back({relation("man", "ride", "horse"), FactVerdict::kUnknown, ""});
  }
  const auto curve = invented_by_count(captions, known, &CoOccurrence::subject_relation);
  ASSERT_EQ(curve.size(), 2u);
  EXPECT_EQ(curve[0].from, 0);
  EXPECT_EQ(curve[0].to, 0);
  EXPECT_EQ(curve[0].cases, 4u);
  EXPECT_DOUBLE_EQ(curve[0].rate, 1);
  EXPECT_EQ(curve[1].from, 2);
  EXPECT_DOUBLE_EQ(curve[1].rate, 0);
  EXPECT_TRUE(invented_by_count({}, known, &CoOccurrence::subject_relation).empty());
}

}  // namespace
}  // namespace vernier::probes

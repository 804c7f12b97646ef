// What a run's meta says of single words: read, placed, summed up by hand.
#include "results/evidence/evidence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "results/evidence/evidence_sums.h"
#include "tests/results/made_up_run.h"

namespace vernier {
namespace {

using nlohmann::json;
using tests::made_up_run;
using tests::MadeUpRun;

json mention(std::uint64_t start, std::uint64_t end, const char* object, const char* verdict) {
  return {{"start", start}, {"end", end}, {"object", object}, {"verdict", verdict}};
}

std::string meta_of(const json& mentions, const json& objects = json::array()) {
  return json{{"chair", {{"objects", objects}, {"mentions", mentions}}}}.dump();
}

/// The words that mentions stand at, "-" where they have no place.
std::string words(const std::string& meta, const std::string& caption) {
  std::string out;
  for (const ProbeEvidence& probe : evidence_of(meta, caption)) {
    for (const Mention& m : probe.mentions) {
      out += m.place ? caption.substr(m.place->begin, m.place->end - m.place->begin) : "-";
      out += m.finding == Finding::kInvented ? "! " : " ";
    }
  }
  return out;
}

TEST(Evidence, PlacesCountCodePoints) {
  const std::string caption = "😀 日本 é: a dog, a 🐈.";
  const json mentions = {mention(10, 13, "dog", "supported"),
                         mention(17, 18, "cat", "hallucinated")};
  EXPECT_EQ(words(meta_of(mentions), caption), "dog 🐈! ");
}

TEST(Evidence, PlacesOutsideTheCaptionOrOverOthersAreNone) {
  const std::string caption = "a fire hydrant";
  const json mentions = {mention(2, 14, "fire hydrant", "supported"),
                         mention(7, 14, "hydrant", "hallucinated"),  // inside the first
                         mention(2, 14, "red thing", "hallucinated"),
                         mention(10, 15, "x", "hallucinated"),
                         mention(3, 3, "x", "hallucinated"),
                         mention(9, 2, "x", "hallucinated"),
                         mention(~std::uint64_t{0}, ~std::uint64_t{0}, "x", "hallucinated"),
                         {{"start", -1}, {"end", 3}, {"verdict", "hallucinated"}},
                         {{"start", 1.5}, {"end", 3}, {"verdict", "hallucinated"}},
                         {{"verdict", "hallucinated"}}};
  EXPECT_EQ(words(meta_of(mentions), caption),
            "fire hydrant -! fire hydrant! -! -! -! -! -! -! -! ");
}

TEST(Evidence, VerdictsAreBadGoodOrOther) {
  const auto finding = [](const char* verdict) {
    return evidence_of(meta_of(json::array({mention(0, 1, "x", verdict)})), "abc")
        .at(0)
        .mentions.at(0)
        .finding;
  };
  for (const char* bad : {"hallucinated", "target", "unsupported", "contradicted"}) {
    EXPECT_EQ(finding(bad), Finding::kInvented) << bad;
  }
  EXPECT_EQ(finding("supported"), Finding::kSupported);
  EXPECT_EQ(finding("safe"), Finding::kSupported);
  EXPECT_EQ(finding("unclear"), Finding::kOther);
}

TEST(Evidence, WhatIsNoneIsLeftAlone) {
  for (const char* meta :
       {"", "{}", R"({"mentions":[{"verdict":"x"}]})", R"({"chair":{"mentions":3}})",
        R"({"chair":["mentions"]})", R"({"note":"\"mentions\""})", R"(["mentions"])",
        R"({"mentions")", "\"mentions\""}) {
    EXPECT_TRUE(evidence_of(meta, "a dog").empty()) << meta;
    EXPECT_EQ(meta_without_evidence(meta), meta);
  }
  const auto odd = evidence_of(
      R"({"chair":{"objects":[1,"dog"],"mentions":[1,null,{"object":"cat"},{"verdict":"supported","word":"pup"}]}})",
      "");
  ASSERT_EQ(odd.size(), 1u);
  EXPECT_EQ(odd[0].unreadable, 3u);
  ASSERT_EQ(odd[0].mentions.size(), 1u);
  EXPECT_EQ(odd[0].mentions[0].object, "pup");
  EXPECT_EQ(odd[0].objects, std::vector<std::string>{"dog"});
}

TEST(Evidence, MetaWithoutItKeepsTheRest) {
  EXPECT_EQ(meta_without_evidence(R"({"a":1,"chair":{"mentions":[]},"b":{"c":"<d>"}})"),
            R"({"a":1,"b":{"c":"<d>"}})");
  EXPECT_EQ(meta_without_evidence(R"({"chair":{"mentions":[]}})"), "");
}

TEST(Evidence, ObjectsLeftOutAreThoseThatNothingSupports) {
  const std::string meta =
      meta_of({mention(0, 1, "dog", "supported"), mention(1, 2, "car", "hallucinated")},
              {"cat", "dog", "cat", "car"});
  EXPECT_EQ(evidence_of(meta, "abc")[0].left_out(), (std::vector<std::string>{"cat", "car"}));
}

TEST(EvidenceSums, AreThoseOfTheHand) {
  MadeUpRun how;
  json one = mention(0, 1, "dog", "supported"), two = mention(2, 3, "cat", "hallucinated"),
       three = mention(0, 1, "car", "hallucinated"), unclear = mention(0, 1, "sky", "unclear");
  one["sentence"] = two["sentence"] = three["sentence"] = 1;
  two["sentence"] = 2;
  one["token"] = 1;
  two["token"] = 17;
  three["token"] = 1000;
  how.metas = {
      meta_of(json::array({one, two, unclear}), {"dog", "bed"}),
      meta_of(json::array({three, three}), {"dog"}), meta_of(json::array()), R"({"other":1})",
      R"({"words":{"mentions":[{"start":7,"end":9,"object":"car","verdict":"supported"}]}})"};
  how.candidates = {"abcdef", "abc", "abc", "abc", "abc"};
  const std::vector<EvidenceSums> sums = sum_evidence(made_up_run({1, 2, 3, 4, 5}, how));
  ASSERT_EQ(sums.size(), 2u);
  const EvidenceSums& chair = sums[0];
  EXPECT_EQ(chair.probe, "chair");
  EXPECT_EQ(chair.captions, 3u);
  EXPECT_EQ(chair.with_invented, 2u);
  EXPECT_EQ(chair.mentions, 4u);
  EXPECT_EQ(chair.invented, 3u);
  EXPECT_EQ(chair.objects, 3u);
  EXPECT_EQ(chair.left_out, 2u);
  EXPECT_EQ(chair.unplaced, 0u);
  ASSERT_EQ(chair.most_invented.size(), 2u);
  EXPECT_EQ(chair.most_invented[0].name, "car");
  EXPECT_EQ(chair.most_invented[0].invented, 2u);
  // Sentence 1: 0 of 1 in the first caption, 2 of 2 in the second; rate 2/3.
  ASSERT_EQ(chair.sentences.size(), 2u);
  EXPECT_EQ(chair.sentences[0].cases, 3u);
  EXPECT_DOUBLE_EQ(chair.sentences[0].rate, 2.0 / 3);
  const double square = 2.0 / 3 * 2 / 3 + (2 - 4.0 / 3) * (2 - 4.0 / 3);
  EXPECT_NEAR(chair.sentences[0].low, std::max(0.0, 2.0 / 3 - 1.959964 * std::sqrt(square) / 3),
              1e-9);
  ASSERT_EQ(chair.tokens.size(), 16u) << "the last step holds the rest";
  EXPECT_EQ(chair.tokens[1].bad, 1u);
  EXPECT_EQ(chair.tokens[15].bad, 2u);
  EXPECT_EQ(sums[1].probe, "words");
  EXPECT_EQ(sums[1].unplaced, 1u);
  EXPECT_EQ(sums[1].invented, 0u);
  EXPECT_TRUE(sums[1].sentences.empty());
}

}  // namespace
}  // namespace vernier

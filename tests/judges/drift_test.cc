// Measures of drift, worked out by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "judges/probes/drift/changes.h"
#include "judges/probes/drift/round_pair.h"
#include "metrics/text/token_list.h"

namespace vernier::probes::drift {
namespace {

using Captions = std::vector<std::string>;

text::TokenList words_of(std::string_view caption) {
  text::TokenList out;
  for (std::size_t begin = 0; begin < caption.size();) {
    const std::size_t end = std::min(caption.find(' ', begin), caption.size());
    out.push(caption.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

/// Captions, one an image; the facts of each are its words as objects.
Round round_of(Numbering& numbering, const Captions& captions) {
  Round round;
  for (const std::string& caption : captions) {
    const text::TokenList words = words_of(caption);
    Facts facts;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const Fact fact{FactKind::kObject, std::string(words[i]), {}, {}};
      if (std::ranges::find(facts.facts, fact) == facts.facts.end()) facts.facts.push_back(fact);
    }
    ChairCaption chair;
    chair.mentions.resize(words.size());
    if (!chair.mentions.empty()) chair.mentions[0].hallucinated = words[0] == "no";
    chair.objects = 2;
    chair.recalled = 1;
    numbering.add_image(std::vector<CaptionReading>{{&words, 0.5, &facts, &chair}}, round);
  }
  return round;
}

class Drift : public testing::Test {
 protected:
  /// Measures rounds of these captions as they are.
  void measure(const Captions& first, const Captions& second, std::uint32_t phrase_captions = 2,
               std::vector<std::int8_t> sides = {}) {
    first_ = round_of(numbering_, first);
    second_ = round_of(numbering_, second);
    PairOptions options;
    options.samples = sample_sizes(first_);
    options.phrase_captions = phrase_captions;
    options.objects = true;
    const RoundPair pair(first_, second_, numbering_, options);
    if (sides.empty()) sides.assign(first.size(), 1);
    RoundPair::Workspace work;
    pair.measure(sides, work, a_, b_);
  }
  Numbering numbering_;
  Round first_, second_;
  Values a_{}, b_{};
};

TEST(DriftDiversity, RarefiedCountsByHand) {
  // 2 of {x x y}: xx 1/3, xy 2/3 -> 5/3 different.
  const std::vector<std::uint32_t> counts = {2};
  EXPECT_NEAR(rarefied({counts, 1, 3}, 2), 5.0 / 3, 1e-15);
  EXPECT_NEAR(rarefied({counts, 1, 3}, 1), 1, 1e-15);
  EXPECT_EQ(rarefied({counts, 1, 3}, 3), 2);
  EXPECT_EQ(rarefied({counts, 1, 3}, 9), 2) << "no more than there are";
  // 10 of 100 times x and 100 times y: 2 (1 - C(100, 10) / C(200, 10)).
  const std::vector<std::uint32_t> two = {100, 100};
  double none = 1;
  for (int i = 0; i < 10; ++i) none *= (100.0 - i) / (200.0 - i);
  EXPECT_NEAR(rarefied({two, 0, 200}, 10), 2 * (1 - none), 1e-14);
}

TEST(DriftDiversity, EntropyAndDivergenceByHand) {
  const Entropy entropy(8);
  const std::vector<std::uint32_t> even = {2, 2}, odd = {4, 0}, none = {0, 0};
  EXPECT_DOUBLE_EQ(entropy.bits({even, 0, 4}), 1);
  EXPECT_DOUBLE_EQ(entropy.bits({odd, 0, 4}), 0);
  EXPECT_DOUBLE_EQ(entropy.bits({none, 4, 4}), 2);
  EXPECT_TRUE(std::isnan(entropy.bits({none, 0, 0})));
  EXPECT_DOUBLE_EQ(jensen_shannon({even, 0, 4}, {even, 0, 4}), 0);
  // (1/2, 1/2) and (1, 0), middle (3/4, 1/4): H(m) - (1 + 0) / 2.
  EXPECT_NEAR(jensen_shannon({even, 0, 4}, {odd, 0, 4}),
              -(0.75 * std::log2(0.75) + 0.25 * std::log2(0.25)) - 0.5, 1e-15);
  EXPECT_DOUBLE_EQ(jensen_shannon({none, 3, 3}, {none, 5, 5}), 1) << "nothing in common";
  EXPECT_TRUE(std::isnan(jensen_shannon({even, 0, 4}, {none, 0, 0})));
  EXPECT_DOUBLE_EQ(largest_shift(even, odd), 2 / std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(largest_shift(none, none), 0);
}

TEST_F(Drift, MeasuresByHand) {
  measure({"a dog runs", "a cat", "no bird sings here now"}, {"a dog", "a dog", "a dog runs far"});
  EXPECT_DOUBLE_EQ(a_[kLength], 10.0 / 3);
  EXPECT_DOUBLE_EQ(b_[kLength], 8.0 / 3);
  EXPECT_NEAR(a_[kLengthSpread], std::sqrt(38.0 / 3 - 100.0 / 9), 1e-12);
  // Of five drawn from ten: each of the 8 single words with 1/2, one "a" of two but in C(8, 5)
  // cases.
  EXPECT_NEAR(a_[kDistinct1], (8 * 0.5 + 1 - (5.0 * 4) / (10.0 * 9)) / 5, 1e-12);
  EXPECT_NEAR(b_[kDistinct1], (2 * (1 - (3.0 * 2 * 1) / (8.0 * 7 * 6)) + 2 * 5.0 / 8) / 5, 1e-12);
  EXPECT_NEAR(a_[kEntropy], std::log2(10.0) - 2.0 / 10, 1e-12);
  EXPECT_DOUBLE_EQ(a_[kCommonest], 1.0 / 3);
  EXPECT_DOUBLE_EQ(b_[kCommonest], 2.0 / 3);
  EXPECT_DOUBLE_EQ(a_[kDuplicates], 0);
  EXPECT_DOUBLE_EQ(b_[kDuplicates], 2.0 / 3);
  EXPECT_DOUBLE_EQ(a_[kRepeats], 0.5);
  EXPECT_DOUBLE_EQ(a_[kFactCount], 10.0 / 3);
  // Mentions: a tenth of round 0's, of one caption in three; none in the second.
  EXPECT_DOUBLE_EQ(a_[kChairI], 10);
  EXPECT_NEAR(a_[kChairS], 100.0 / 3, 1e-12);
  EXPECT_DOUBLE_EQ(b_[kChairI], 0);
  EXPECT_DOUBLE_EQ(b_[kRecall], 50);
  // Objects are words here. "dog": 1 before, 3 after.
  EXPECT_DOUBLE_EQ(b_[kObjectShift], 2 / std::sqrt(4.0));
  EXPECT_GT(b_[kWordDivergence], 0);
  EXPECT_TRUE(std::isnan(a_[kWordDivergence]));
}

TEST_F(Drift, SwappedSidesAreTheOtherRound) {
  const Captions first = {"a dog runs on the wet grass", "a cat", "no bird sings here now"};
  const Captions second = {"a dog", "the dog runs on the wet grass", "a dog runs far"};
  measure(first, second);
  const Values a = a_, b = b_;
  measure(first, second, 2, {-1, -1, -1});
  for (std::size_t m = 0; m < kPairMeasures; ++m) {
    if (measure_info(m).divergence) {
      EXPECT_NEAR(b_[m], b[m], 1e-15) << measure_info(m).name;
    } else {
      EXPECT_EQ(a_[m], b[m]) << measure_info(m).name;
      EXPECT_EQ(b_[m], a[m]) << measure_info(m).name;
    }
  }
  measure(first, second, 2, {0, 1, 0});
  EXPECT_EQ(a_[kLength], 2);
  EXPECT_EQ(b_[kLength], 7);
}

TEST_F(Drift, PhrasesCoverWordsWhereEnoughCaptionsHaveThem) {
  const Captions first = {"x one two three four five six", "y z", "k"};
  const Captions second = {"one two three four five six", "so one two three four five six ends",
                           "one two three four five"};
  measure(first, second);
  EXPECT_EQ(a_[kPhrases], 0) << "one caption alone";
  EXPECT_DOUBLE_EQ(b_[kPhrases], (6.0 + 6 + 5) / 19);
  measure(first, second, 3);
  EXPECT_DOUBLE_EQ(b_[kPhrases], (5.0 + 5 + 5) / 19);
  const auto rises = phrase_rises(first_, second_, numbering_, 2, 9);
  ASSERT_EQ(rises.size(), 1u) << "overlapping phrases are one";
  EXPECT_EQ(rises[0].text, "one two three four five");
  EXPECT_EQ(rises[0].after, 3u);
  EXPECT_EQ(rises[0].before, 1u);
  const PhraseRise most = commonest_caption(first_, second_, numbering_);
  EXPECT_EQ(most.text, "one two three four five six");
  EXPECT_EQ(most.after, 1u);
}

TEST_F(Drift, PhrasesGrowWhileCaptionsGoOnAlike) {
  Captions first(6, "nothing"), second(6, "well the old man and the sea again");
  second[5] = "the old man and the hills";
  measure(first, second);
  const auto rises = phrase_rises(first_, second_, numbering_, 2, 9);
  ASSERT_EQ(rises.size(), 1u);
  EXPECT_EQ(rises[0].text, "well the old man and the sea again");
  EXPECT_EQ(rises[0].after, 5u);
}

TEST_F(Drift, ObjectsAndFactsByHand) {
  measure({"dog", "dog cat", "cat", "tree"}, {"dog ball", "ball", "cat", "dog"});
  const auto changes = object_changes(first_, second_, numbering_);
  ASSERT_EQ(changes.size(), 4u);
  EXPECT_EQ(numbering_.object(changes[0].object), "ball");
  EXPECT_EQ(changes[0].before, 0u);
  EXPECT_EQ(changes[0].after, 2u);
  EXPECT_TRUE(std::isnan(changes[0].error));
  for (const ObjectChange& change : changes) {
    if (numbering_.object(change.object) != "cat") continue;
    // Shares of 2 before: images 2, 3; of 1 after: image 3. (0 - 1/2)^2 + (1 - 1/2)^2.
    EXPECT_NEAR(change.error, std::sqrt(0.5), 1e-12);
  }
  const auto overlaps = fact_overlaps(first_, second_);
  EXPECT_EQ(overlaps[1].first, 2);
  EXPECT_EQ(overlaps[1].round, 1);
  EXPECT_EQ(overlaps[1].both, 0);
  EXPECT_DOUBLE_EQ(fact_measure(kCoverage, {5, 5, 2}), 0.4);
  EXPECT_DOUBLE_EQ(fact_measure(kNewFacts, {5, 4, 1}), 0.75);
  EXPECT_TRUE(std::isnan(fact_measure(kCoverage, {0, 4, 0})));
}

TEST_F(Drift, EmptyCaptionsAreDefinedWhereSomethingIsThere) {
  measure({"a dog", "a cat"}, {"", ""});
  EXPECT_EQ(b_[kLength], 0);
  EXPECT_EQ(b_[kDistinct1], 0);
  EXPECT_EQ(b_[kCommonest], 1);
  EXPECT_TRUE(std::isnan(b_[kEntropy]));
  EXPECT_TRUE(std::isnan(b_[kPhrases]));
  EXPECT_TRUE(std::isnan(b_[kWordDivergence]));
  EXPECT_TRUE(std::isnan(b_[kChairI]));
}

}  // namespace
}  // namespace vernier::probes::drift

// What metrics say of a sample is what their numbers are made of.
#include "metrics/explain/explanation.h"

#include <gtest/gtest.h>

#include <numeric>

#include "metrics/registry.h"
#include "metrics/rouge/lcs/common_words.h"
#include "tests/support/score_samples.h"

namespace vernier {
namespace {

using tests::Scored;
using tests::TextSample;

const std::vector<TextSample> kSamples = {
    {"a man riding a horse",
     {"a man riding a horse on the beach", "a person rides a brown horse",
      "man on horse near the ocean"}},
    {"two dogs running in the snow",
     {"two dogs play in the snow", "a pair of dogs running in snow"}},
    {"the the the cat", {"the cat sat on the mat", "a cat"}},
    {"a bus", {"a red bus parked on the street", "a bus is on a city street"}},
    {"", {"nothing at all", "zebra"}}};

Scored explain(const std::string& name, const std::vector<TextSample>& samples = kSamples) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(open_metric(name));
  return tests::score_samples(std::move(metrics), samples, true);
}

template <class How>
const How& how(const Scored& scored, std::size_t sample) {
  return std::get<How>(scored.explained[sample][0].how);
}

TEST(Explanation, BleuCountsAreThoseOfTheRow) {
  const Scored scored = explain("bleu");
  for (std::size_t n = 0; n < kSamples.size(); ++n) {
    const auto& bleu = how<BleuExplanation>(scored, n);
    const std::vector<double>& row = scored.rows[n];
    EXPECT_EQ(bleu.length, row[0]);
    EXPECT_EQ(bleu.reference_length, row[1]);
    ASSERT_EQ(bleu.orders.size(), 4u);
    for (std::size_t k = 0; k < 4; ++k) {
      double matched = 0, count = 0;
      for (const auto& gram : bleu.orders[k].grams) {
        matched += gram.matched;
        count += gram.count;
      }
      EXPECT_EQ(matched, row[2 + k]) << n;
      EXPECT_EQ(count, row[6 + k]) << n;
      EXPECT_EQ(bleu.orders[k].matched, matched);
      EXPECT_EQ(bleu.orders[k].possible, count);
    }
  }
}

TEST(Explanation, BleuNamesItsNgramsAndClipsThem) {
  const Scored scored = explain("bleu");
  const auto& bleu = how<BleuExplanation>(scored, 2);
  ASSERT_EQ(bleu.orders[0].grams.size(), 2u);
  EXPECT_EQ(bleu.orders[0].grams[0].words, "the");
  EXPECT_EQ(bleu.orders[0].grams[0].count, 3u);
  EXPECT_EQ(bleu.orders[0].grams[0].matched, 2u);
  EXPECT_EQ(bleu.orders[1].grams[1].words, "the cat");
  EXPECT_EQ(bleu.orders[3].grams[0].words, "the the the cat");
  EXPECT_EQ(how<BleuExplanation>(scored, 3).reference, 0u);
  EXPECT_NEAR(how<BleuExplanation>(scored, 1).brevity_penalty, 1, 1e-9);
  EXPECT_LT(how<BleuExplanation>(scored, 3).brevity_penalty, 0.1);
}

TEST(Explanation, CiderSharesAddUpToTheScore) {
  for (const char* name : {"cider", "cider-plain"}) {
    const Scored scored = explain(name);
    for (std::size_t n = 0; n < kSamples.size(); ++n) {
      const auto& cider = how<CiderExplanation>(scored, n);
      const double score = scored.sentence[n][0];
      double shares = 0, references = 0;
      for (const auto& gram : cider.grams) shares += gram.share;
      for (const auto& reference : cider.references) references += reference.score;
      EXPECT_NEAR(shares, score, 1e-12) << name << n;
      EXPECT_NEAR(references / static_cast<double>(cider.references.size()), score, 1e-12);
      EXPECT_EQ(cider.documents, kSamples.size());
    }
  }
}

TEST(Explanation, CiderKnowsWhereItsNgramsOccur) {
  const Scored scored = explain("cider");
  const auto& cider = how<CiderExplanation>(scored, 0);
  const auto gram = [&](std::string_view words) {
    for (const auto& one : cider.grams) {
      if (one.words == words) return one;
    }
    ADD_FAILURE() << "no " << words;
    return cider.grams[0];
  };
  EXPECT_EQ(gram("a").count, 2u);
  EXPECT_EQ(gram("a").references, 2u);
  EXPECT_EQ(gram("a").documents, 4u);
  EXPECT_EQ(gram("horse").references, 3u);
  EXPECT_EQ(gram("horse").documents, 1u);
  EXPECT_EQ(gram("horse").weight, std::log(5.0));
  EXPECT_GT(gram("horse").share, gram("a").share);
  EXPECT_EQ(gram("the beach").count, 0u);
  EXPECT_EQ(gram("the beach").share, 0);
  EXPECT_EQ(gram("a man riding a").order, 4u);
}

TEST(Explanation, RougeScoresAreThoseOfTheRow) {
  for (const char* name : {"rouge-l", "rouge-1", "rouge-2", "rouge-score-l", "rouge-lsum"}) {
    const Scored scored = explain(name);
    for (std::size_t n = 0; n < kSamples.size(); ++n) {
      const auto& rouge = how<RougeExplanation>(scored, n);
      EXPECT_EQ(rouge.f, scored.sentence[n][0]) << name << n;
      EXPECT_EQ(rouge.references[rouge.best_precision].precision, rouge.precision);
      EXPECT_EQ(rouge.references[rouge.best_recall].recall, rouge.recall);
    }
  }
}

TEST(Explanation, TheCommonWordsAreALongestSubsequence) {
  for (const char* name : {"rouge-l", "rouge-score-l"}) {
    const Scored scored = explain(name);
    for (std::size_t n = 0; n + 1 < kSamples.size(); ++n) {
      for (const auto& reference : how<RougeExplanation>(scored, n).references) {
        EXPECT_EQ(reference.in_candidate.size(), reference.common);
        EXPECT_EQ(reference.in_reference.size(), reference.common);
        EXPECT_TRUE(std::is_sorted(reference.in_candidate.begin(), reference.in_candidate.end()));
        EXPECT_TRUE(std::is_sorted(reference.in_reference.begin(), reference.in_reference.end()));
      }
    }
  }
}

TEST(Explanation, CommonWordsAreEqualWords) {
  const std::vector<WordId> a = {1, 2, 3, 1, 4, 2}, b = {7, 2, 1, 3, 4, 7, 2};
  const CommonWords common = common_words(a, b);
  ASSERT_EQ(common.in_a.size(), 4u);
  for (std::size_t i = 0; i < common.in_a.size(); ++i) {
    EXPECT_EQ(a[common.in_a[i]], b[common.in_b[i]]);
  }
  EXPECT_TRUE(common_words({}, b).in_a.empty());
  EXPECT_TRUE(common_words(a, {}).in_b.empty());
}

TEST(Explanation, OtherMetricsSayNoMoreThanTheirRow) {
  for (const char* name : {"sacrebleu", "chrf", "ter"}) {
    EXPECT_TRUE(std::holds_alternative<std::monostate>(explain(name).explained[0][0].how));
  }
}

}  // namespace
}  // namespace vernier

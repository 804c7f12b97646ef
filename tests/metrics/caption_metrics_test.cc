// BLEU, ROUGE-L and CIDEr against numbers that pycocoevalcap printed for these samples.
#include <gtest/gtest.h>

#include <cmath>

#include "metrics/bleu/bleu.h"
#include "metrics/cider/cider.h"
#include "metrics/rouge/rouge_l.h"
#include "tests/support/published_samples.h"
#include "tests/support/whitespace_tokenizer.h"

namespace vernier {
namespace {

using tests::Scored;
using tests::TextSample;

const std::vector<TextSample> kSetB = {
    {"a man riding a horse",
     {"a man riding a horse on the beach", "a person rides a brown horse",
      "man on horse near the ocean"}},
    {"two dogs running in the snow",
     {"two dogs play in the snow", "a pair of dogs running in snow"}},
    {"a bus", {"a red bus parked on the street", "a bus is on a city street"}}};

Scored score(const std::vector<TextSample>& samples) {
  const auto tokenizer = std::make_shared<tests::WhitespaceTokenizer>();
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(make_bleu(tokenizer));
  metrics.push_back(make_rouge_l(tokenizer));
  CiderOptions cider;
  cider.tokenizer = tokenizer;
  metrics.push_back(make_cider(cider));
  return tests::score_samples(std::move(metrics), samples);
}

void expect_scores(const std::vector<double>& got, const std::vector<double>& want) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i], want[i], 1e-14 * std::max(1.0, std::abs(want[i]))) << "score " << i;
  }
}

TEST(CaptionMetrics, SetA) {
  const Scored got = score(tests::kPublishedSamples);
  expect_scores(got.corpus, {0.5499999999725, 0.4281744192662396, 0.28404282012721094,
                             0.20114343061802883, 0.5221037854154413, 1.2421919556558583});
  expect_scores(got.sentence[0], {0.2999999999700001, 0.18257418581578377, 1.609148974162434e-06,
                                  4.939382736523921e-09, 0.36454183266932266, 0.5171467420759928});
  expect_scores(got.sentence[1], {0.7999999999200001, 0.6666666665962965, 0.4807498567152745,
                                  0.35494810555850326, 0.67966573816156, 1.9672371692357238});
}

TEST(CaptionMetrics, SetB) {
  const Scored got = score(kSetB);
  expect_scores(got.corpus, {0.6303131864997488, 0.6303131864924759, 0.5634391856133901,
                             0.46082855469367295, 0.6586018775377851, 2.6089630212954567});
  EXPECT_NEAR(got.sentence[2][3], 8.208499855207459e-05, 1e-18);
  EXPECT_NEAR(got.sentence[2][5], 1.229254038834152, 1e-14);
}

TEST(CaptionMetrics, EmptyCandidateScoresZeroAndCounts) {
  std::vector<TextSample> samples = kSetB;
  samples[2].candidate.clear();
  const Scored got = score(samples);
  expect_scores(got.corpus, {0.48322508110196655, 0.48322508109708545, 0.43195660823398496,
                             0.3532909044062307, 0.5239440408931935, 2.199211675017406});
  expect_scores(got.sentence[2], {0, 0, 0, 0, 0, 0});
}

TEST(CaptionMetrics, CandidateEqualToReferenceReachesTheMaximum) {
  const Scored got = score({{"a cat sits on a mat", {"a cat sits on a mat"}},
                            {"two dogs run in the park", {"two dogs run in the park"}}});
  for (int n = 0; n < 4; ++n) EXPECT_NEAR(got.corpus[n], 1.0, 1e-9);
  EXPECT_DOUBLE_EQ(got.corpus[4], 1.0);
  EXPECT_NEAR(got.corpus[5], 10.0, 1e-12);
}

TEST(CaptionMetrics, OneDocumentLeavesCiderUndefined) {
  const Scored got = score({{"a cat", {"a cat"}}});
  EXPECT_TRUE(std::isnan(got.corpus[5]));
}

TEST(CaptionMetrics, TokensWithNoBreakSpaceSplitForBleuButNotForRougeL) {
  const Scored got = score({{"1\u00A01/2 cups", {"1\u00A01/2 cups"}}, {"a", {"b"}}});
  EXPECT_EQ(got.rows[0][0], 3);  // BLEU and CIDEr see 1, 1/2, cups
  EXPECT_DOUBLE_EQ(got.sentence[0][4], 1.0);
}

TEST(CaptionMetrics, OneWordAMillionTimes) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "dog ";
  const Scored got = score({{text, {text}}, {"a", {"b"}}});
  EXPECT_NEAR(got.sentence[0][3], 1.0, 1e-9);
  EXPECT_DOUBLE_EQ(got.sentence[0][4], 1.0);
}

}  // namespace
}  // namespace vernier

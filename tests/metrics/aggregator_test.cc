// Scores from rows alone are the scores of the metric that made the rows.
#include "metrics/aggregate/aggregator.h"

#include <gtest/gtest.h>

#include <cmath>

#include "metrics/aggregate/ratios.h"
#include "metrics/registry.h"
#include "tests/support/meteor_data.h"

namespace vernier {
namespace {

// Rows of no meaning, but with as many distinct values as there are columns.
std::vector<double> made_up_row(std::size_t width, std::size_t n) {
  std::vector<double> row(width);
  for (std::size_t k = 0; k < width; ++k) row[k] = static_cast<double>(3 + (k * 7 + n * 5) % 11);
  return row;
}

void expect_same_scores(const Metric& metric) {
  const MetricDescription description = describe(metric);
  SCOPED_TRACE(description.signature);
  const std::unique_ptr<Aggregator> aggregator = open_aggregator(description);
  ASSERT_NE(aggregator, nullptr);
  EXPECT_EQ(aggregator->less_is_better(), metric.less_is_better());
  std::vector<double> expected(metric.score_names().size()), got(expected.size());
  for (std::size_t n = 0; n < 20; ++n) {
    const std::vector<double> row = made_up_row(metric.columns().size(), n);
    metric.aggregate(row, 2.5, expected);
    aggregator->aggregate(row, 2.5, got);
    EXPECT_EQ(got, expected);
    metric.sentence_scores(row, expected);
    aggregator->sentence_scores(row, got);
    EXPECT_EQ(got, expected);
  }
}

TEST(Aggregator, EveryMetricCanBeScoredFromItsRows) {
  for (const MetricInfo& info : known_metrics()) {
    // Data of their own, or of the corpus.
    if (info.name == "meteor" || info.name.starts_with("cider") || info.name.starts_with("spice")) {
      continue;
    }
    expect_same_scores(*open_metric(info.name));
  }
}

TEST(Aggregator, OptionsComeFromTheSignature) {
  MetricOptions options;
  for (const char* smoothing : {"exp", "floor", "add-k", "none"}) {
    options.sacrebleu.smoothing = smoothing;
    options.sacrebleu.effective_order = !options.sacrebleu.effective_order;
    expect_same_scores(*open_metric("sacrebleu", options));
  }
  options.sacrebleu.smoothing = "add-k";
  for (const double value : {0.25, 0.12345, 3.0}) {
    options.sacrebleu.smooth_value = value;
    options.sacrebleu.max_order = value > 1 ? 2 : 4;
    expect_same_scores(*open_metric("sacrebleu", options));
  }
  options.chrf.beta = 3;
  options.chrf.char_order = 4;
  options.chrf.eps_smoothing = true;
  expect_same_scores(*open_metric("chrf", options));
  expect_same_scores(*open_metric("chrf++", options));
}

TEST(Aggregator, RatiosDivideSums) {
  const auto scores = [](const char* name, std::vector<double> sums) {
    const auto ratios = make_ratio_aggregator(name);
    EXPECT_EQ(ratios->columns().size(), sums.size());
    EXPECT_NE(open_aggregator(describe_ratios(*ratios, "s")), nullptr);
    std::vector<double> out(ratios->score_names().size());
    ratios->aggregate(sums, 1, out);
    return out;
  };
  // tp, fp, tn, fn, unclear of yes, unclear of no: unclear ones are wrong, and not found.
  const std::vector<double> yes_no = scores("yes-no", {6, 2, 5, 1, 3, 3});
  EXPECT_DOUBLE_EQ(yes_no[0], 11.0 / 20);
  EXPECT_DOUBLE_EQ(yes_no[1], 6.0 / 8);
  EXPECT_DOUBLE_EQ(yes_no[2], 6.0 / 10);
  EXPECT_DOUBLE_EQ(yes_no[3], 2 * 0.75 * 0.6 / (0.75 + 0.6));
  const std::vector<double> never = scores("yes-no", {0, 0, 4, 2, 0, 0});
  EXPECT_TRUE(std::isnan(never[1]));
  EXPECT_EQ(never[2], 0);
  EXPECT_TRUE(std::isnan(never[3])) << "f1 is undefined where precision is";
  EXPECT_EQ(scores("yes-no-habits", {10, 8, 6, 2}), (std::vector<double>{0.75, 0.2}));
  EXPECT_EQ(scores("mme", {8, 6, 4, 1}), (std::vector<double>{75, 25}));
  EXPECT_EQ(scores("amber-generative", {4, 1, 20, 5, 10, 2}), (std::vector<double>{25, 25, 20}));
  EXPECT_EQ(scores("amber-coverage", {4, 10, 5, 20}), (std::vector<double>{50, 5}));
  EXPECT_EQ(make_ratio_aggregator("no-such"), nullptr);
}

TEST(Aggregator, MeteorNeedsNoData) {
  VERNIER_REQUIRE_METEOR_DATA();
  MetricOptions options;
  options.meteor_data = tests::meteor_data();
  expect_same_scores(*open_metric("meteor", options));
}

TEST(Aggregator, RefusesWhatItDoesNotKnow) {
  const MetricDescription bleu = describe(*open_metric("bleu"));
  MetricDescription other = bleu;
  other.name = "blue";
  EXPECT_EQ(open_aggregator(other), nullptr);
  other = bleu;
  other.columns.pop_back();
  EXPECT_EQ(open_aggregator(other), nullptr);
  other = bleu;
  other.aggregate = "median";
  EXPECT_EQ(open_aggregator(other), nullptr);
  EXPECT_EQ(open_aggregator({"x", "x", {"a", "b"}, {"x"}, "mean", false}), nullptr);
  other = describe(*open_metric("sacrebleu"));
  other.signature = "sacrebleu|smooth:sharp|v:1";
  EXPECT_EQ(open_aggregator(other), nullptr);
}

}  // namespace
}  // namespace vernier

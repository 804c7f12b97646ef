// Scores from rows alone are the scores of the metric that made the rows.
#include "metrics/aggregate/aggregator.h"

#include <gtest/gtest.h>

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

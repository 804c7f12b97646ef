#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "metrics/aggregate/aggregator.h"
#include "metrics/aggregate/perplexity.h"
#include "metrics/aggregate/ratios.h"
#include "metrics/aggregate/signature_options.h"
#include "metrics/meteor/meteor.h"
#include "metrics/spice/spice.h"

namespace vernier {
namespace {

class MeanAggregator final : public Aggregator {
 public:
  explicit MeanAggregator(MetricDescription description) : description_(std::move(description)) {
    columns_.assign(description_.columns.begin(), description_.columns.end());
    scores_.assign(description_.scores.begin(), description_.scores.end());
  }
  std::string_view name() const override { return description_.name; }
  std::span<const std::string_view> columns() const override { return columns_; }
  std::span<const std::string_view> score_names() const override { return scores_; }
  bool less_is_better() const override { return description_.less_is_better; }
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const override {
    mean_of_columns(sums, samples, scores);
  }

 private:
  MetricDescription description_;
  std::vector<std::string_view> columns_, scores_;
};

/// A metric serves as its own aggregator; only METEOR and SPICE would need their data for that.
std::unique_ptr<Aggregator> open_own(const MetricDescription& description) {
  if (description.name == "meteor") return make_meteor_aggregator();
  if (auto spice = make_spice_aggregator(description.name)) return spice;
  if (auto ratios = make_ratio_aggregator(description.name)) return ratios;
  if (auto perplexity = make_perplexity_aggregator(description.name)) return perplexity;
  const std::optional<MetricOptions> options = scoring_options(description.signature);
  if (!options) return nullptr;
  std::unique_ptr<Metric> metric = open_metric(description.name, *options);
  if (metric->aggregation() != "own") return nullptr;
  return metric;
}

}  // namespace

std::unique_ptr<Aggregator> open_aggregator(const MetricDescription& description) {
  std::unique_ptr<Aggregator> aggregator;
  if (description.aggregate == "mean") {
    aggregator = std::make_unique<MeanAggregator>(description);
    if (description.columns.size() != description.scores.size()) return nullptr;
  } else if (description.aggregate == "own") {
    try {
      aggregator = open_own(description);
    } catch (const Error&) {  // a name or options that no metric has
    }
  }
  const auto same = [](const std::vector<std::string>& wanted,
                       std::span<const std::string_view> known) {
    return std::equal(wanted.begin(), wanted.end(), known.begin(), known.end());
  };
  if (aggregator == nullptr || aggregator->name() != description.name ||
      !same(description.columns, aggregator->columns()) ||
      !same(description.scores, aggregator->score_names())) {
    return nullptr;
  }
  return aggregator;
}

}  // namespace vernier

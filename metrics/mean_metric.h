// What metrics share whose row is one value, the sample's score, and whose corpus score is the
// mean.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "metrics/metric.h"

namespace vernier {

class MeanMetric : public Metric {
 public:
  /// `name` of metric, score and column; must outlive the metric.
  MeanMetric(std::string_view name, std::shared_ptr<const text::Tokenizer> tokenizer)
      : name_{name}, tokenizer_(std::move(tokenizer)) {}

  std::string_view name() const override { return name_[0]; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  std::span<const std::string_view> columns() const override { return name_; }
  std::span<const std::string_view> score_names() const override { return name_; }
  std::string_view aggregation() const override { return "mean"; }
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const override {
    mean_of_columns(sums, samples, scores);
  }

 private:
  std::string_view name_[1];
  std::shared_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace vernier

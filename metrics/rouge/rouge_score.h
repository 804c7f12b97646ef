// What the ROUGE metrics of Google's rouge_score 0.1.2 have in common: precision, recall and F1 of
// an overlap, the reference with the largest F1, plain means over samples. (The COCO caption tools
// define ROUGE-L differently: metrics/rouge/rouge_l.h.)
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "metrics/metric.h"

namespace vernier {

struct RougeOptions {
  bool stem = false;  ///< compare Porter stems, rouge_score's use_stemmer
};

/// How much of a candidate and of a reference is common, in n-grams or words.
struct RougeOverlap {
  std::uint64_t common = 0, candidate = 0, reference = 0;
};

/// Compares a candidate with its references one by one.
class RougeWorker : public MetricWorker {
 public:
  /// Row: F1, precision and recall with the reference of the largest F1, the first of equals
  /// (rouge_score's score_multi).
  void measure(const SampleView& sample, std::span<double> row) final;
  void explain(const SampleView& sample, Explanation& out) override;

 protected:
  /// Called before the comparisons of a sample, for what they share.
  virtual void prepare(const SampleView&) {}
  /// Overlap of the prepared sample's candidate and its reference `r`.
  virtual RougeOverlap compare(const SampleView& sample, std::size_t r) = 0;
};

/// Scores NAME (F1), NAME-precision and NAME-recall; the corpus value is the mean over samples.
/// (rouge_score's own BootstrapAggregator resamples at random; its mid values scatter around it.)
class RougeScore : public Metric {
 public:
  RougeScore(const std::string& name, RougeOptions options,
             std::unique_ptr<const text::Tokenizer> tokenizer);
  std::string_view name() const final { return names_[0]; }
  const text::Tokenizer& tokenizer() const final { return *tokenizer_; }
  std::span<const std::string_view> columns() const final { return views_; }
  std::span<const std::string_view> score_names() const final { return views_; }
  bool english_only() const final { return true; }
  std::string_view aggregation() const final { return "mean"; }
  std::string signature() const final;
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const final;

 private:
  std::array<std::string, 3> names_;
  std::array<std::string_view, 3> views_;
  RougeOptions options_;
  std::unique_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace vernier

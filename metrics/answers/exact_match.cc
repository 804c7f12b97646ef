#include "metrics/answers/exact_match.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/mean_metric.h"

namespace vernier {
namespace {

class ExactMatchWorker final : public MetricWorker {
 public:
  void measure(const SampleView& sample, std::span<double> row) override {
    row[0] = std::any_of(sample.references.begin(), sample.references.end(),
                         [&](const auto& r) { return std::ranges::equal(r, sample.candidate); });
  }
};

class ExactMatch final : public MeanMetric {
 public:
  explicit ExactMatch(std::shared_ptr<const text::Tokenizer> tokenizer)
      : MeanMetric("exact-match", std::move(tokenizer)) {}

  std::string signature() const override {
    return fmt::format("exact-match|tok:{}|v:1.0.0", tokenizer().name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<ExactMatchWorker>();
  }
};

}  // namespace

std::unique_ptr<Metric> make_exact_match(std::shared_ptr<const text::Tokenizer> tokenizer) {
  return std::make_unique<ExactMatch>(std::move(tokenizer));
}

}  // namespace vernier

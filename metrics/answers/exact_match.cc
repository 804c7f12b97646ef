#include "metrics/answers/exact_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vernier {
namespace {

constexpr std::array<std::string_view, 1> kNames = {"exact-match"};

class ExactMatchWorker final : public MetricWorker {
 public:
  void measure(const SampleView& sample, std::span<double> row) override {
    row[0] = std::any_of(sample.references.begin(), sample.references.end(),
                         [&](const auto& r) { return std::ranges::equal(r, sample.candidate); });
  }
};

class ExactMatch final : public Metric {
 public:
  explicit ExactMatch(std::shared_ptr<const text::Tokenizer> tokenizer)
      : tokenizer_(std::move(tokenizer)) {}

  std::string_view name() const override { return kNames[0]; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  std::span<const std::string_view> columns() const override { return kNames; }
  std::span<const std::string_view> score_names() const override { return kNames; }
  std::string_view aggregation() const override { return "mean"; }
  std::string signature() const override {
    return fmt::format("exact-match|tok:{}|v:1.0.0", tokenizer_->name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<ExactMatchWorker>();
  }
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const override {
    mean_of_columns(sums, samples, scores);
  }

 private:
  std::shared_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace

std::unique_ptr<Metric> make_exact_match(std::shared_ptr<const text::Tokenizer> tokenizer) {
  return std::make_unique<ExactMatch>(std::move(tokenizer));
}

}  // namespace vernier

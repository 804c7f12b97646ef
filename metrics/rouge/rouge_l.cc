#include "metrics/rouge/rouge_l.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "metrics/rouge/lcs/lcs.h"

namespace vernier {
namespace {

constexpr std::array<std::string_view, 1> kNames = {"rouge-l"};
constexpr double kBeta = 1.2;

class RougeLWorker final : public MetricWorker {
 public:
  void measure(const SampleView& sample, std::span<double> row) override {
    // The reference tool splits at single blanks, so that no words at all are one empty token.
    const std::size_t length = std::max<std::size_t>(1, sample.candidate.size());
    if (!sample.candidate.empty()) lcs_.prepare(sample.candidate);
    double precision = 0, recall = 0;
    for (const auto& reference : sample.references) {
      std::size_t common;
      if (sample.candidate.empty() || reference.empty()) {
        common = sample.candidate.empty() && reference.empty();
      } else {
        common = lcs_.length(reference);
      }
      const double c = static_cast<double>(common);
      precision = std::max(precision, c / static_cast<double>(length));
      recall =
          std::max(recall, c / static_cast<double>(std::max<std::size_t>(1, reference.size())));
    }
    row[0] = precision != 0 && recall != 0
                 ? ((1 + kBeta * kBeta) * precision * recall) / (recall + kBeta * kBeta * precision)
                 : 0;
  }

 private:
  LcsLength lcs_;
};

class RougeL final : public Metric {
 public:
  explicit RougeL(std::shared_ptr<const text::Tokenizer> tokenizer)
      : tokenizer_(std::move(tokenizer)) {}

  std::string_view name() const override { return "rouge-l"; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  std::span<const std::string_view> columns() const override { return kNames; }
  std::span<const std::string_view> score_names() const override { return kNames; }
  std::string_view aggregation() const override { return "mean"; }
  std::string signature() const override {
    return fmt::format("rouge-l|beta:1.2|agg:max-p-max-r|tok:{}|impl:pycocoevalcap|v:1.0.0",
                       tokenizer_->name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<RougeLWorker>();
  }
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const override {
    mean_of_columns(sums, samples, scores);
  }

 private:
  std::shared_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace

std::unique_ptr<Metric> make_rouge_l(std::shared_ptr<const text::Tokenizer> tokenizer) {
  return std::make_unique<RougeL>(std::move(tokenizer));
}

}  // namespace vernier

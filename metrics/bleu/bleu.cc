#include "metrics/bleu/bleu.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "metrics/explain/explanation.h"
#include "metrics/words/ngrams.h"

namespace vernier {
namespace {

constexpr int kOrders = SampleNgrams::kMaxOrder;
constexpr std::array<std::string_view, 2 + 2 * kOrders> kColumns = {
    "length",    "reference_length", "correct_1", "correct_2", "correct_3",
    "correct_4", "guess_1",          "guess_2",   "guess_3",   "guess_4"};
constexpr std::array<std::string_view, kOrders> kScores = {"bleu-1", "bleu-2", "bleu-3", "bleu-4"};
constexpr double kTiny = 1e-15, kSmall = 1e-9;

double brevity_penalty(double length, double reference_length) {
  const double ratio = (length + kTiny) / (reference_length + kSmall);
  return ratio < 1 ? std::exp(1 - 1 / ratio) : 1;
}

class BleuWorker final : public MetricWorker {
 public:
  void measure(const SampleView& sample, std::span<double> row) override {
    SampleNgrams& ngrams = *sample.ngrams;
    const std::size_t texts = ngrams.text_count();
    const std::int64_t length = ngrams.text(0).length;

    std::int64_t closest = ngrams.text(1).length;
    for (std::size_t t = 2; t < texts; ++t) {
      const std::int64_t other = ngrams.text(t).length;
      const std::int64_t gap = std::abs(other - length), best = std::abs(closest - length);
      if (gap < best || (gap == best && other < closest)) closest = other;
    }

    const std::uint32_t candidate_grams = ngrams.candidate_grams();
    most_.assign(candidate_grams, 0);
    for (std::size_t t = 1; t < texts; ++t) {
      for (const auto& [gram, count] : ngrams.counts(t)) {
        if (gram < candidate_grams) most_[gram] = std::max(most_[gram], count);
      }
    }
    row[0] = static_cast<double>(length);
    row[1] = static_cast<double>(closest);
    for (int order = 1; order <= kOrders; ++order) {
      std::uint64_t correct = 0;
      for (const auto& [gram, count] : ngrams.counts(0, order)) {
        correct += std::min(count, most_[gram]);
      }
      row[1 + order] = static_cast<double>(correct);
      row[1 + kOrders + order] = static_cast<double>(std::max<std::int64_t>(0, length - order + 1));
    }
  }

  void explain(const SampleView& sample, Explanation& out) override {
    std::array<double, kColumns.size()> row;
    measure(sample, row);
    SampleNgrams& ngrams = *sample.ngrams;
    const std::vector<std::string> texts = ngrams.gram_texts();
    auto& bleu = out.how.emplace<BleuExplanation>();
    for (int order = 1; order <= kOrders; ++order) {
      auto& of_order = bleu.orders.emplace_back();
      of_order.matched = row[1 + order];
      of_order.possible = row[1 + kOrders + order];
      for (const auto& [gram, count] : ngrams.counts(0, order)) {
        of_order.grams.push_back({texts[gram], count, std::min(count, most_[gram])});
      }
    }
    bleu.length = row[0];
    bleu.reference_length = row[1];
    bleu.reference = 0;
    while (ngrams.text(1 + bleu.reference).length != row[1]) ++bleu.reference;
    bleu.brevity_penalty = brevity_penalty(row[0], row[1]);
  }

 private:
  std::vector<std::uint32_t> most_;  // largest count in any one reference, by candidate n-gram
};

class Bleu final : public Metric {
 public:
  explicit Bleu(std::shared_ptr<const text::Tokenizer> tokenizer)
      : tokenizer_(std::move(tokenizer)) {}

  std::string_view name() const override { return "bleu"; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  std::span<const std::string_view> columns() const override { return kColumns; }
  std::span<const std::string_view> score_names() const override { return kScores; }
  std::string signature() const override {
    return fmt::format("bleu|n:4|len:closest|tok:{}|impl:pycocoevalcap|v:1.0.0",
                       tokenizer_->name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<BleuWorker>();
  }
  void aggregate(std::span<const double> sums, double, std::span<double> scores) const override {
    const double penalty = brevity_penalty(sums[0], sums[1]);
    double product = 1;
    for (int k = 0; k < kOrders; ++k) {
      product *= (sums[2 + k] + kTiny) / (sums[2 + kOrders + k] + kSmall);
      scores[k] = std::pow(product, 1.0 / (k + 1)) * penalty;
    }
  }

 private:
  std::shared_ptr<const text::Tokenizer> tokenizer_;
};

}  // namespace

std::unique_ptr<Metric> make_bleu(std::shared_ptr<const text::Tokenizer> tokenizer) {
  return std::make_unique<Bleu>(std::move(tokenizer));
}

}  // namespace vernier

#include "metrics/rouge/rouge_score.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/explain/explanation.h"

namespace vernier {
namespace {

struct Scores {
  double f, precision, recall;
};

Scores scores_of(const RougeOverlap& overlap) {
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(1, whole));
  };
  const double precision = share(overlap.common, overlap.candidate);
  const double recall = share(overlap.common, overlap.reference);
  const double f = overlap.common > 0 ? 2 * precision * recall / (precision + recall) : 0;
  return {f, precision, recall};
}

}  // namespace

void RougeWorker::measure(const SampleView& sample, std::span<double> row) {
  prepare(sample);
  std::fill(row.begin(), row.end(), 0.0);
  for (std::size_t r = 0; r < sample.references.size(); ++r) {
    const auto [f, precision, recall] = scores_of(compare(sample, r));
    if (f <= row[0]) continue;  // F is 0 only where both others are
    row[0] = f;
    row[1] = precision;
    row[2] = recall;
  }
}

void RougeWorker::explain(const SampleView& sample, Explanation& out) {
  auto& rouge = out.how.emplace<RougeExplanation>();
  prepare(sample);
  for (std::size_t r = 0; r < sample.references.size(); ++r) {
    const RougeOverlap overlap = compare(sample, r);
    const auto [f, precision, recall] = scores_of(overlap);
    rouge.references.push_back({overlap.common, precision, recall, f, {}, {}});
    if (f <= rouge.f) continue;
    rouge.best_precision = rouge.best_recall = r;
    rouge.f = f;
    rouge.precision = precision;
    rouge.recall = recall;
  }
}

RougeScore::RougeScore(const std::string& name, RougeOptions options,
                       std::unique_ptr<const text::Tokenizer> tokenizer)
    : names_{name, name + "-precision", name + "-recall"},
      views_{names_[0], names_[1], names_[2]},
      options_(options),
      tokenizer_(std::move(tokenizer)) {}

std::string RougeScore::signature() const {
  return fmt::format("{}|stem:{}|ref:best-f|tok:{}|impl:rouge_score|v:1.0.0", name(),
                     options_.stem ? "porter" : "no", tokenizer_->name());
}

void RougeScore::aggregate(std::span<const double> sums, double samples,
                           std::span<double> scores) const {
  mean_of_columns(sums, samples, scores);
}

}  // namespace vernier

#include "metrics/rouge/rouge_l.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/explain/explanation.h"
#include "metrics/mean_metric.h"
#include "metrics/rouge/lcs/common_words.h"
#include "metrics/rouge/lcs/lcs.h"

namespace vernier {
namespace {

constexpr double kBeta = 1.2;

class RougeLWorker final : public MetricWorker {
 public:
  void measure(const SampleView& sample, std::span<double> row) override {
    if (!sample.candidate.empty()) lcs_.prepare(sample.candidate);
    double precision = 0, recall = 0;
    for (const auto& reference : sample.references) {
      const Compared compared = compare(sample.candidate, reference);
      precision = std::max(precision, compared.precision);
      recall = std::max(recall, compared.recall);
    }
    row[0] = f(precision, recall);
  }

  void explain(const SampleView& sample, Explanation& out) override {
    if (!sample.candidate.empty()) lcs_.prepare(sample.candidate);
    auto& rouge = out.how.emplace<RougeExplanation>();
    for (const auto& reference : sample.references) {
      const auto [common, precision, recall] = compare(sample.candidate, reference);
      CommonWords words = common_words(sample.candidate, reference);
      if (precision > rouge.precision) rouge.best_precision = rouge.references.size();
      if (recall > rouge.recall) rouge.best_recall = rouge.references.size();
      rouge.precision = std::max(rouge.precision, precision);
      rouge.recall = std::max(rouge.recall, recall);
      rouge.references.push_back({common, precision, recall, f(precision, recall),
                                  std::move(words.in_a), std::move(words.in_b)});
    }
    // Of several references with the best value the one that has the other best value too.
    const auto has_both = [&rouge](const RougeExplanation::Reference& one) {
      return one.precision == rouge.precision && one.recall == rouge.recall;
    };
    const auto both = std::find_if(rouge.references.begin(), rouge.references.end(), has_both);
    if (both != rouge.references.end()) {
      rouge.best_precision = rouge.best_recall =
          static_cast<std::size_t>(both - rouge.references.begin());
    }
    rouge.f = f(rouge.precision, rouge.recall);
  }

 private:
  struct Compared {
    std::size_t common;
    double precision, recall;
  };
  // The candidate is prepared. The reference tool splits at single blanks, so that no words at all
  // are one empty token.
  Compared compare(std::span<const WordId> candidate, std::span<const WordId> reference) {
    std::size_t common;
    if (candidate.empty() || reference.empty()) {
      common = candidate.empty() && reference.empty();
    } else {
      common = lcs_.length(reference);
    }
    const auto share = [common](std::size_t words) {
      return static_cast<double>(common) / static_cast<double>(std::max<std::size_t>(1, words));
    };
    return {common, share(candidate.size()), share(reference.size())};
  }
  static double f(double precision, double recall) {
    return precision != 0 && recall != 0
               ? ((1 + kBeta * kBeta) * precision * recall) / (recall + kBeta * kBeta * precision)
               : 0;
  }

  LcsLength lcs_;
};

class RougeL final : public MeanMetric {
 public:
  explicit RougeL(std::shared_ptr<const text::Tokenizer> tokenizer)
      : MeanMetric("rouge-l", std::move(tokenizer)) {}

  std::string signature() const override {
    return fmt::format("rouge-l|beta:1.2|agg:max-p-max-r|tok:{}|impl:pycocoevalcap|v:1.0.0",
                       tokenizer().name());
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<RougeLWorker>();
  }
};

}  // namespace

std::unique_ptr<Metric> make_rouge_l(std::shared_ptr<const text::Tokenizer> tokenizer) {
  return std::make_unique<RougeL>(std::move(tokenizer));
}

}  // namespace vernier

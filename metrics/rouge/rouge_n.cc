#include "metrics/rouge/rouge_n.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "metrics/text/rouge/rouge_tokenizer.h"
#include "metrics/words/ngrams.h"

namespace vernier {
namespace {

class RougeNWorker final : public RougeWorker {
 public:
  explicit RougeNWorker(int n) : n_(n) {}

 private:
  void prepare(const SampleView& sample) override {
    SampleNgrams& ngrams = *sample.ngrams;
    counts_.resize(ngrams.candidate_grams());
    for (const auto& [gram, count] : ngrams.counts(0, n_)) counts_[gram] = count;
  }

  RougeOverlap compare(const SampleView& sample, std::size_t r) override {
    SampleNgrams& ngrams = *sample.ngrams;
    std::uint64_t common = 0;
    for (const auto& [gram, count] : ngrams.counts(1 + r, n_)) {
      if (gram < counts_.size()) common += std::min(count, counts_[gram]);
    }
    return {common, total(ngrams.text(0)), total(ngrams.text(1 + r))};
  }

  std::uint64_t total(const SampleNgrams::Text& text) const {
    const auto n = static_cast<std::uint32_t>(n_);
    return text.length < n ? 0 : text.length - n + 1;
  }

  int n_;
  std::vector<std::uint32_t> counts_;  // by n-gram of the candidate; only those of n_ words are set
};

class RougeN final : public RougeScore {
 public:
  RougeN(int n, RougeOptions options)
      : RougeScore(fmt::format("rouge-{}", n), options, text::make_rouge_tokenizer(options.stem)),
        n_(n) {}
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<RougeNWorker>(n_);
  }

 private:
  int n_;
};

}  // namespace

std::unique_ptr<Metric> make_rouge_n(int n, RougeOptions options) {
  if (n < 1 || n > SampleNgrams::kMaxOrder) {
    throw Error(ExitCode::kUsage,
                fmt::format("rouge-{}: n must be 1 to {}", n, SampleNgrams::kMaxOrder));
  }
  return std::make_unique<RougeN>(n, options);
}

}  // namespace vernier

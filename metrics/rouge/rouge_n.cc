#include "metrics/rouge/rouge_n.h"

#include <fmt/format.h>

#include "base/error.h"
#include "metrics/text/rouge/rouge_tokenizer.h"
#include "metrics/words/sample_overlaps.h"

namespace vernier {
namespace {

class RougeNWorker final : public RougeWorker {
 public:
  explicit RougeNWorker(int n) : n_(static_cast<std::size_t>(n)) {}

 private:
  RougeOverlap compare(const SampleView& sample, std::size_t r) override {
    return {sample.overlaps->matches(r, n_), total(sample.candidate), total(sample.references[r])};
  }

  std::uint64_t total(std::span<const WordId> words) const {
    return words.size() < n_ ? 0 : words.size() - n_ + 1;
  }

  std::size_t n_;
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
  constexpr int most = 4;
  if (n < 1 || n > most) {
    throw Error(ExitCode::kUsage, fmt::format("rouge-{}: n must be 1 to {}", n, most));
  }
  return std::make_unique<RougeN>(n, options);
}

}  // namespace vernier

#include "metrics/rouge/rouge_score_l.h"

#include "metrics/rouge/lcs/lcs.h"
#include "metrics/text/rouge/rouge_tokenizer.h"

namespace vernier {
namespace {

class RougeScoreLWorker final : public RougeWorker {
  void prepare(const SampleView& sample) override { lcs_.prepare(sample.candidate); }

  RougeOverlap compare(const SampleView& sample, std::size_t r) override {
    const auto reference = sample.references[r];
    return {lcs_.length(reference), sample.candidate.size(), reference.size()};
  }

  LcsLength lcs_;
};

class RougeScoreL final : public RougeScore {
 public:
  explicit RougeScoreL(RougeOptions options)
      : RougeScore("rouge-score-l", options, text::make_rouge_tokenizer(options.stem)) {}
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<RougeScoreLWorker>();
  }
};

}  // namespace

std::unique_ptr<Metric> make_rouge_score_l(RougeOptions options) {
  return std::make_unique<RougeScoreL>(options);
}

}  // namespace vernier

#include "metrics/rouge/rouge_score_l.h"

#include "metrics/explain/explanation.h"
#include "metrics/rouge/lcs/common_words.h"
#include "metrics/rouge/lcs/lcs.h"
#include "metrics/text/rouge/rouge_tokenizer.h"

namespace vernier {
namespace {

class RougeScoreLWorker final : public RougeWorker {
 public:
  void explain(const SampleView& sample, Explanation& out) override {
    RougeWorker::explain(sample, out);
    auto& references = std::get<RougeExplanation>(out.how).references;
    for (std::size_t r = 0; r < references.size(); ++r) {
      CommonWords words = common_words(sample.candidate, sample.references[r]);
      references[r].in_candidate = std::move(words.in_a);
      references[r].in_reference = std::move(words.in_b);
    }
  }

 private:
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

// The metric interface. Every score in vernier is three steps (docs/architecture.md):
//   observe(corpus)      only where scores need corpus statistics (CIDEr's document frequencies)
//   measure(sample)      one row of doubles, the sufficient statistics of the sample
//   aggregate(row sums)  scores of any weighted set of samples (metrics/aggregate/aggregator.h)
// so that resampling, shards and gates work for every metric without knowing it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "metrics/aggregate/aggregator.h"
#include "metrics/text/tokenizer.h"
#include "metrics/words/vocabulary.h"

namespace vernier {

struct Explanation;
class SampleNgrams;
class SampleOverlaps;

/// One tokenised sample as a metric sees it. All spans live until measure() returns.
struct SampleView {
  std::span<const WordId> candidate;
  std::span<const std::span<const WordId>> references;  ///< never empty
  /// n-grams of this sample, built on first use and shared by all metrics of one tokeniser.
  SampleNgrams* ngrams = nullptr;
  SampleOverlaps* overlaps = nullptr;  ///< likewise
};

/// What one thread needs to measure samples: scratch memory and word caches.
class MetricWorker {
 public:
  virtual ~MetricWorker() = default;
  /// Fills `row` (as many values as Metric::columns()). Must not depend on earlier samples.
  virtual void measure(const SampleView& sample, std::span<double> row) = 0;
  /// Says how the sample comes to its row (metrics/explain/explanation.h), by the code that makes
  /// the row. Leaves `out` as it is where there is no more to say than the row does.
  virtual void explain(const SampleView&, Explanation& /*out*/) {}
};

/// What one thread needs to observe the corpus.
class MetricObserver {
 public:
  virtual ~MetricObserver() = default;
  /// Sees the references of one document (one image), exactly once per document.
  virtual void observe(std::span<const std::span<const WordId>> references) = 0;
  /// Hands what was seen to the metric. Called once, when this thread has seen all it will.
  virtual void finish() = 0;
};

/// A metric. Thread safe: const members may be called from any thread.
class Metric : public Aggregator {
 public:
  /// How its texts are to be split. Metrics with equal tokeniser names share the tokens.
  virtual const text::Tokenizer& tokenizer() const = 0;
  /// How its references are to be split: as its candidates, but for TER (sacrebleu/ter/ter.h).
  virtual const text::Tokenizer& reference_tokenizer() const { return tokenizer(); }
  /// Made for English: its numbers say little about texts in other scripts.
  virtual bool english_only() const { return false; }
  /// Says exactly what was computed, e.g. "bleu|n:4|eff:closest|tok:ptb-3.4.1|v:1". Final only
  /// after the corpus was observed.
  virtual std::string signature() const = 0;
  /// How a run says that its scores come from its rows (MetricDescription).
  virtual std::string_view aggregation() const { return "own"; }

  /// Non-null when the corpus must be observed before the first measure(); one call per thread.
  virtual std::unique_ptr<MetricObserver> make_observer(const Vocabulary&) { return nullptr; }
  /// One call per thread. The vocabulary may still grow while workers run.
  virtual std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const = 0;
};

/// What the header of a run says of a metric. Final only after the corpus was observed.
MetricDescription describe(const Metric& metric);

}  // namespace vernier

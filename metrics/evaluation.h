// A set of metrics over one corpus: texts are split and interned once for all of them. The command
// line and the simple front (metrics/scorer.h) are both made of this.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/explain/explanation.h"
#include "metrics/metric.h"
#include "metrics/words/ngrams.h"
#include "metrics/words/sample_overlaps.h"
#include "metrics/words/token_block.h"
#include "metrics/words/vocabulary.h"

namespace vernier {

class Evaluation {
 public:
  explicit Evaluation(std::vector<std::unique_ptr<Metric>> metrics);

  const std::vector<std::unique_ptr<Metric>>& metrics() const { return metrics_; }
  /// Some metric must observe the whole corpus before anything can be measured.
  bool needs_observing() const { return needs_observing_; }
  std::size_t stream_count() const { return streams_.size(); }
  /// The stream of tokens that a metric reads.
  std::size_t stream_of(std::size_t metric) const { return parts_[metric].stream; }
  /// Values in one row: the rows of all metrics one behind the other.
  std::size_t row_width() const { return row_width_; }
  /// Scores of one sample or corpus: those of all metrics one behind the other.
  std::size_t score_count() const { return score_count_; }
  std::vector<std::string_view> score_names() const;

  /// Scores from column sums; `samples` is their (weighted) number.
  void aggregate(std::span<const double> sums, double samples, std::span<double> scores) const;
  /// Scores of one sample.
  void sentence_scores(std::span<const double> row, std::span<double> scores) const;

  Vocabulary& vocabulary() { return vocabulary_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }

  /// One thread's share: token scratch and word cache.
  class Tokenizing {
   public:
    explicit Tokenizing(Evaluation& evaluation);
    /// Each appends one text to every stream of `block`. `following`: see Tokenizer::tokenize.
    void add_candidate(std::string_view text, std::string_view following, TokenBlock& block);
    void add_reference(std::string_view text, std::string_view following, TokenBlock& block);

   private:
    void add(const text::Tokenizer& tokenizer, std::string_view text, std::string_view following,
             TokenBlock::Stream& stream);

    Evaluation& evaluation_;
    VocabularyCache cache_;
    text::TokenList tokens_;
  };

  /// One thread's share of the observing pass.
  class Observing {
   public:
    explicit Observing(Evaluation& evaluation);
    /// One document: its references by stream (references[stream][r]).
    void document(std::span<const std::vector<std::span<const WordId>>> references);
    void finish();

   private:
    struct Observer {
      std::unique_ptr<MetricObserver> observer;
      std::size_t stream;
    };
    std::vector<Observer> observers_;
  };

  /// One thread's share of the measuring pass.
  class Measuring {
   public:
    explicit Measuring(const Evaluation& evaluation);
    /// candidate[stream], references[stream][r] -> row (row_width() values).
    void sample(std::span<const std::span<const WordId>> candidate,
                std::span<const std::vector<std::span<const WordId>>> references,
                std::span<double> row);
    /// The same sample explained, by metric.
    std::vector<Explanation> explain(
        std::span<const std::span<const WordId>> candidate,
        std::span<const std::vector<std::span<const WordId>>> references);

   private:
    void view(std::span<const std::span<const WordId>> candidate,
              std::span<const std::vector<std::span<const WordId>>> references);

    const Evaluation& evaluation_;
    std::vector<std::unique_ptr<MetricWorker>> workers_;
    std::vector<SampleNgrams> ngrams_;      // by stream
    std::vector<SampleOverlaps> overlaps_;  // by stream
    std::vector<SampleView> views_;
  };

 private:
  struct Part {
    std::size_t stream, row_begin, row_width, score_begin, score_count;
  };
  std::vector<std::unique_ptr<Metric>> metrics_;
  std::vector<Part> parts_;  // by metric
  struct Stream {
    const text::Tokenizer *candidates, *references;
  };
  std::vector<Stream> streams_;  // distinct ways to split a sample's texts
  std::size_t row_width_ = 0, score_count_ = 0;
  bool needs_observing_ = false;
  Vocabulary vocabulary_;
};

}  // namespace vernier

#include "metrics/evaluation.h"

#include <algorithm>

namespace vernier {

Evaluation::Evaluation(std::vector<std::unique_ptr<Metric>> metrics)
    : metrics_(std::move(metrics)) {
  for (const auto& metric : metrics_) {
    const text::Tokenizer &candidates = metric->tokenizer(),
                          &references = metric->reference_tokenizer();
    const auto same = std::find_if(streams_.begin(), streams_.end(), [&](const Stream& known) {
      return known.candidates->name() == candidates.name() &&
             known.references->name() == references.name();
    });
    const std::size_t stream = static_cast<std::size_t>(same - streams_.begin());
    if (same == streams_.end()) streams_.push_back({&candidates, &references});
    parts_.push_back(
        {stream, row_width_, metric->columns().size(), score_count_, metric->score_names().size()});
    row_width_ += parts_.back().row_width;
    score_count_ += parts_.back().score_count;
    if (metric->make_observer(vocabulary_)) needs_observing_ = true;
  }
}

std::vector<std::string_view> Evaluation::score_names() const {
  std::vector<std::string_view> names;
  for (const auto& metric : metrics_) {
    names.insert(names.end(), metric->score_names().begin(), metric->score_names().end());
  }
  return names;
}

void Evaluation::aggregate(std::span<const double> sums, double samples,
                           std::span<double> scores) const {
  for (std::size_t m = 0; m < metrics_.size(); ++m) {
    const Part& p = parts_[m];
    metrics_[m]->aggregate(sums.subspan(p.row_begin, p.row_width), samples,
                           scores.subspan(p.score_begin, p.score_count));
  }
}

void Evaluation::sentence_scores(std::span<const double> row, std::span<double> scores) const {
  for (std::size_t m = 0; m < metrics_.size(); ++m) {
    const Part& p = parts_[m];
    metrics_[m]->sentence_scores(row.subspan(p.row_begin, p.row_width),
                                 scores.subspan(p.score_begin, p.score_count));
  }
}

Evaluation::Tokenizing::Tokenizing(Evaluation& evaluation)
    : evaluation_(evaluation), cache_(evaluation.vocabulary_) {}

void Evaluation::Tokenizing::add_candidate(std::string_view text, std::string_view following,
                                           TokenBlock& block) {
  block.streams.resize(evaluation_.streams_.size());
  for (std::size_t s = 0; s < evaluation_.streams_.size(); ++s) {
    add(*evaluation_.streams_[s].candidates, text, following, block.streams[s]);
  }
}

void Evaluation::Tokenizing::add_reference(std::string_view text, std::string_view following,
                                           TokenBlock& block) {
  block.streams.resize(evaluation_.streams_.size());
  for (std::size_t s = 0; s < evaluation_.streams_.size(); ++s) {
    add(*evaluation_.streams_[s].references, text, following, block.streams[s]);
  }
}

void Evaluation::Tokenizing::add(const text::Tokenizer& tokenizer, std::string_view text,
                                 std::string_view following, TokenBlock::Stream& stream) {
  tokens_.clear();
  tokenizer.tokenize(text, following, tokens_);
  cache_.intern(tokens_, stream.words);
  stream.ends.push_back(static_cast<std::uint32_t>(stream.words.size()));
}

Evaluation::Observing::Observing(Evaluation& evaluation) {
  for (std::size_t m = 0; m < evaluation.metrics_.size(); ++m) {
    auto observer = evaluation.metrics_[m]->make_observer(evaluation.vocabulary_);
    if (observer) observers_.push_back({std::move(observer), evaluation.parts_[m].stream});
  }
}

void Evaluation::Observing::document(
    std::span<const std::vector<std::span<const WordId>>> references) {
  for (Observer& o : observers_) o.observer->observe(references[o.stream]);
}

void Evaluation::Observing::finish() {
  for (Observer& o : observers_) o.observer->finish();
}

Evaluation::Measuring::Measuring(const Evaluation& evaluation)
    : evaluation_(evaluation),
      overlaps_(evaluation.stream_count()),
      views_(evaluation.stream_count()) {
  for (const auto& metric : evaluation.metrics_) {
    workers_.push_back(metric->make_worker(evaluation.vocabulary_));
  }
  for (std::size_t s = 0; s < views_.size(); ++s) ngrams_.emplace_back(evaluation.vocabulary_);
}

void Evaluation::Measuring::view(std::span<const std::span<const WordId>> candidate,
                                 std::span<const std::vector<std::span<const WordId>>> references) {
  for (std::size_t s = 0; s < views_.size(); ++s) {
    views_[s] = {candidate[s], references[s], &ngrams_[s], &overlaps_[s]};
    ngrams_[s].reset(views_[s]);
    overlaps_[s].reset(views_[s]);
  }
}

void Evaluation::Measuring::sample(std::span<const std::span<const WordId>> candidate,
                                   std::span<const std::vector<std::span<const WordId>>> references,
                                   std::span<double> row) {
  view(candidate, references);
  for (std::size_t m = 0; m < workers_.size(); ++m) {
    const Part& p = evaluation_.parts_[m];
    workers_[m]->measure(views_[p.stream], row.subspan(p.row_begin, p.row_width));
  }
}

std::vector<Explanation> Evaluation::Measuring::explain(
    std::span<const std::span<const WordId>> candidate,
    std::span<const std::vector<std::span<const WordId>>> references) {
  view(candidate, references);
  std::vector<Explanation> explanations(workers_.size());
  for (std::size_t m = 0; m < workers_.size(); ++m) {
    workers_[m]->explain(views_[evaluation_.parts_[m].stream], explanations[m]);
  }
  return explanations;
}

}  // namespace vernier

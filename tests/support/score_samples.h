// Runs metrics over samples held in memory, single-threaded.
#pragma once

#include <string>
#include <vector>

#include "metrics/aggregate/column_sums.h"
#include "metrics/evaluation.h"

namespace vernier::tests {

struct TextSample {
  std::string candidate;
  std::vector<std::string> references;
};

struct Scored {
  std::vector<double> corpus;                 // by score name
  std::vector<std::vector<double>> sentence;  // [sample][score name]
  std::vector<std::vector<double>> rows;      // [sample][column]
  std::vector<std::string> signatures;
  std::vector<std::vector<Explanation>> explained;  // [sample][metric], on request
};

inline Scored score_samples(std::vector<std::unique_ptr<Metric>> metrics,
                            const std::vector<TextSample>& samples, bool explain = false) {
  Evaluation evaluation(std::move(metrics));
  Evaluation::Tokenizing tokenizing(evaluation);
  Evaluation::Observing observing(evaluation);
  const std::size_t streams = evaluation.stream_count();
  std::vector<TokenBlock> blocks(samples.size());
  using Texts = std::vector<std::vector<std::span<const WordId>>>;
  std::vector<Texts> references(samples.size(), Texts(streams));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool last = i + 1 == samples.size();
    tokenizing.add_candidate(samples[i].candidate,
                             last ? std::string_view() : std::string_view(samples[i + 1].candidate),
                             blocks[i]);
    const auto& texts = samples[i].references;
    for (std::size_t r = 0; r < texts.size(); ++r) {
      std::string_view following;
      if (r + 1 < texts.size()) {
        following = texts[r + 1];
      } else if (!last) {
        following = samples[i + 1].references[0];
      }
      tokenizing.add_reference(texts[r], following, blocks[i]);
    }
    for (std::size_t s = 0; s < streams; ++s) {
      for (std::size_t r = 1; r <= texts.size(); ++r) {
        references[i][s].push_back(blocks[i].text(s, r));
      }
    }
    observing.document(references[i]);
  }
  observing.finish();
  Evaluation::Measuring measuring(evaluation);
  ColumnSums sums(evaluation.row_width());
  Scored out;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    std::vector<std::span<const WordId>> candidate;
    for (std::size_t s = 0; s < streams; ++s) candidate.push_back(blocks[i].text(s, 0));
    out.rows.emplace_back(evaluation.row_width());
    measuring.sample(candidate, references[i], out.rows.back());
    sums.add(out.rows.back());
    out.sentence.emplace_back(evaluation.score_count());
    evaluation.sentence_scores(out.rows.back(), out.sentence.back());
    if (explain) out.explained.push_back(measuring.explain(candidate, references[i]));
  }
  out.corpus.resize(evaluation.score_count());
  evaluation.aggregate(sums.total(), static_cast<double>(samples.size()), out.corpus);
  for (const auto& metric : evaluation.metrics()) out.signatures.push_back(metric->signature());
  return out;
}

}  // namespace vernier::tests

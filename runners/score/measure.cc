#include "runners/score/measure.h"

#include "base/hash.h"
#include "base/io/interrupt.h"
#include "metrics/column_sums.h"
#include "runners/pipeline/ordered_pipeline.h"

namespace vernier {
namespace {

struct Measured {
  std::size_t block = 0;
  std::uint64_t samples = 0;
  std::vector<double> rows;
  std::string text;
};

// What one thread owns.
struct Measurer {
  explicit Measurer(const Evaluation& evaluation)
      : measuring(evaluation), scores(evaluation.score_count()) {}
  Evaluation::Measuring measuring;
  Corpus::Tokens tokens;
  std::vector<double> scores;
};

}  // namespace

std::vector<double> measure_corpus(const Evaluation& evaluation, const Corpus& corpus,
                                   const RunHeader& header, const MeasureOptions& options) {
  const std::size_t width = evaluation.row_width();
  std::vector<std::unique_ptr<Measurer>> measurers;
  for (unsigned t = 0; t < options.threads; ++t) {
    measurers.push_back(std::make_unique<Measurer>(evaluation));
  }
  ColumnSums sums(width);
  std::uint64_t digest = 0, done = 0;
  const auto write = [&](const std::string& text) {
    if (options.run == nullptr) return;
    digest = mix(digest + 0x9E3779B97F4A7C15u, hash_bytes(text) | 1);
    options.run->write(text);
  };
  std::string text;
  append_run_header(text, header);
  write(text);

  std::size_t next = 0;
  ordered_pipeline<Measured>(
      options.threads,
      [&](Measured& item) {
        check_interrupt();
        item.block = next++;
        return item.block < corpus.blocks().size();
      },
      [&](unsigned thread, Measured& item) {
        Measurer& m = *measurers[thread];
        const auto block = corpus.blocks().get(item.block);
        item.rows.resize(block->samples.size() * width);
        for (std::size_t n = 0; n < block->samples.size(); ++n) {
          if (corpus.dropped(*block, n)) continue;
          corpus.tokens(*block, n, m.tokens);
          const std::span<double> row(item.rows.data() + item.samples++ * width, width);
          m.measuring.sample(m.tokens.candidate, m.tokens.references, row);
          if (options.run == nullptr) continue;
          evaluation.sentence_scores(row, m.scores);
          const SampleBlock::Sample& sample = block->samples[n];
          append_run_sample(
              item.text, header,
              {block->text(sample.id), block->text(sample.image_id), block->text(sample.candidate),
               block->text(sample.meta), m.scores, row},
              options.compact);
        }
      },
      [&](Measured& item) {
        for (std::size_t n = 0; n < item.samples; ++n) {
          sums.add({item.rows.data() + n * width, width});
        }
        done += item.samples;
        write(item.text);
        if (options.progress) options.progress(done);
      });

  std::vector<double> scores(evaluation.score_count());
  evaluation.aggregate(sums.total(), static_cast<double>(done), scores);
  const CorpusCounts& counts = corpus.counts();
  const RunCount run_counts[] = {{"scored", counts.scored},
                                 {"empty_candidate", counts.empty_candidate},
                                 {"missing_candidate", counts.missing_candidate},
                                 {"extra_candidate", counts.extra_candidate},
                                 {"duplicate_candidate", counts.duplicate_candidate}};
  text.clear();
  append_run_footer(text, header, done, run_counts, scores, digest);
  write(text);
  return scores;
}

}  // namespace vernier

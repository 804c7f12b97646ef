#include "runners/score/measure.h"

#include "base/io/interrupt.h"
#include "metrics/aggregate/column_sums.h"
#include "runners/pipeline/ordered_pipeline.h"

namespace vernier {
namespace {

struct Measured {
  std::size_t block = 0;
  std::uint64_t samples = 0;
  std::vector<double> rows;
  std::string text;
  std::vector<std::uint64_t> line_hashes;
};

// What one thread owns.
struct Measurer {
  explicit Measurer(const Evaluation& evaluation)
      : measuring(evaluation), scores(evaluation.score_count()) {}
  Evaluation::Measuring measuring;
  Corpus::Tokens tokens;
  std::vector<double> scores;
  std::vector<std::string_view> references;
  std::vector<std::string> buffers;  // of references that are not in memory
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
  std::uint64_t done = 0;
  RunDigest digest;
  const auto write = [&](const std::string& text) {
    if (options.run != nullptr) options.run->write(text);
  };
  std::string text;
  append_run_header(text, header);
  digest.add(RunDigest::line_hash(text));
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
          if (!options.compact) {
            corpus.reference_texts(*block, n, m.references, m.buffers);
          }
          const std::size_t line = item.text.size();
          append_run_sample(
              item.text, header,
              {block->text(sample.id), block->text(sample.image_id), block->text(sample.candidate),
               m.references, block->text(sample.meta), m.scores, row},
              options.compact);
          item.line_hashes.push_back(
              RunDigest::line_hash(std::string_view(item.text).substr(line)));
        }
      },
      [&](Measured& item) {
        for (std::size_t n = 0; n < item.samples; ++n) {
          sums.add({item.rows.data() + n * width, width});
        }
        done += item.samples;
        for (const std::uint64_t hash : item.line_hashes) digest.add(hash);
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

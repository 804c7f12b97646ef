#include "runners/score/measure/measure.h"

#include "base/io/interrupt.h"
#include "runners/pipeline/ordered_pipeline.h"

namespace vernier {
namespace {

struct Measured {
  std::size_t block = 0;
  std::vector<double> rows;
  std::string text;
  std::vector<std::uint64_t> line_hashes;
};

// What one thread owns.
class Measurer {
 public:
  Measurer(const Evaluation& evaluation, const Corpus& corpus, const RunHeader& header,
           bool records)
      : evaluation_(evaluation),
        corpus_(corpus),
        header_(header),
        records_(records),
        measuring_(evaluation),
        scores_(evaluation.score_count()) {}

  void sample(const SampleBlock& block, std::size_t n, Measured& out) {
    const std::size_t width = evaluation_.row_width();
    out.rows.resize(out.rows.size() + width);
    const std::span<double> row = std::span(out.rows).last(width);
    corpus_.tokens(block, n, tokens_);
    measuring_.sample(tokens_.candidate, tokens_.references, row);
    if (!records_) {
      out.line_hashes.push_back(0);
      return;
    }
    evaluation_.sentence_scores(row, scores_);
    const SampleBlock::Sample& sample = block.samples[n];
    if (!header_.compact) corpus_.reference_texts(block, n, references_, buffers_);
    const std::size_t line = out.text.size();
    append_run_sample(
        out.text, header_,
        {block.first_sample + n, block.text(sample.id), block.text(sample.image_id),
         block.text(sample.candidate), references_, block.text(sample.meta), scores_, row});
    out.line_hashes.push_back(RunDigest::line_hash(std::string_view(out.text).substr(line)));
  }

 private:
  const Evaluation& evaluation_;
  const Corpus& corpus_;
  const RunHeader& header_;
  const bool records_;
  Evaluation::Measuring measuring_;
  Corpus::Tokens tokens_;
  std::vector<double> scores_;
  std::vector<std::string_view> references_;
  std::vector<std::string> buffers_;  // of references that are not in memory
};

}  // namespace

void measure_corpus(const Evaluation& evaluation, const Corpus& corpus, RunWriter& run,
                    const MeasureOptions& options) {
  std::vector<std::unique_ptr<Measurer>> measurers;
  for (unsigned t = 0; t < options.threads; ++t) {
    measurers.push_back(
        std::make_unique<Measurer>(evaluation, corpus, run.header(), options.records));
  }
  std::size_t next = options.from.block;
  ordered_pipeline<Measured>(
      options.threads,
      [&](Measured& item) {
        check_interrupt();
        item.block = next++;
        return item.block < corpus.blocks().size();
      },
      [&](unsigned thread, Measured& item) {
        const auto block = corpus.blocks().get(item.block);
        item.rows.reserve(block->samples.size() * evaluation.row_width());
        std::size_t n = item.block == options.from.block ? options.from.sample : 0;
        for (; n < block->samples.size(); ++n) {
          if (corpus.measured(*block, n)) measurers[thread]->sample(*block, n, item);
        }
      },
      [&](Measured& item) {
        run.write_samples(item.text, item.line_hashes, item.rows);
        if (options.progress) options.progress(run.samples());
      });
}

}  // namespace vernier

// Tokenisers and the reader: bytes and captions a second on one core.
#include <benchmark/benchmark.h>

#include "bench/samples.h"
#include "metrics/text/tokenizer.h"
#include "metrics/words/vocabulary.h"

namespace vernier::bench {
namespace {

void tokenize(benchmark::State& state, const char* name) {
  const auto tokenizer = text::open_tokenizer(name);
  text::TokenList tokens;
  std::size_t bytes = 0, captions = 0;
  for (auto _ : state) {
    for (const BenchSample& sample : samples()) {
      tokens.clear();
      tokenizer->tokenize(sample.candidate, {}, tokens);
      benchmark::DoNotOptimize(tokens.size());
      bytes += sample.candidate.size();
      ++captions;
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(static_cast<std::int64_t>(captions));
}

void intern(benchmark::State& state) {
  const auto tokenizer = text::open_tokenizer("ptb");
  text::TokenList tokens;
  for (const BenchSample& sample : samples()) tokenizer->tokenize(sample.candidate, {}, tokens);
  Vocabulary vocabulary;
  VocabularyCache cache(vocabulary);
  std::vector<WordId> ids;
  std::size_t words = 0;
  for (auto _ : state) {
    ids.clear();
    cache.intern(tokens, ids);
    benchmark::DoNotOptimize(ids.data());
    words += tokens.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(words));
}

void read_records(benchmark::State& state) {
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    const auto reader = RecordReader::open(VERNIER_SAMPLES);
    for (RecordBlock block; reader->next(block);) {
      reader->parse(block);
      benchmark::DoNotOptimize(block.records().data());
    }
    bytes += reader->bytes_read();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

BENCHMARK_CAPTURE(tokenize, ptb, "ptb");
BENCHMARK_CAPTURE(tokenize, 13a, "13a");
BENCHMARK_CAPTURE(tokenize, intl, "intl");
BENCHMARK_CAPTURE(tokenize, icu, "icu");
BENCHMARK_CAPTURE(tokenize, rouge, "rouge");
BENCHMARK_CAPTURE(tokenize, rouge_stem, "rouge-stem");
BENCHMARK(intern);
BENCHMARK(read_records);

}  // namespace
}  // namespace vernier::bench

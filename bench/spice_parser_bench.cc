// The exact parser of SPICE: captions a second on one core. Needs CoreNLP's grammar file, named by
// the environment variable VERNIER_SPICE_GRAMMAR or among the third-party data; skipped without.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "bench/samples.h"
#include "metrics/spice/chart/constituency_parser.h"
#include "metrics/text/tokenizer.h"

namespace vernier::bench {
namespace {

std::string grammar_path() {
  const char* named = std::getenv("VERNIER_SPICE_GRAMMAR");
  return named != nullptr ? named : VERNIER_SHARED "/data/spice_grammar/englishPCFG.ser.gz";
}

void read_grammar(benchmark::State& state) {
  if (!std::filesystem::exists(grammar_path())) return state.SkipWithError("no grammar file");
  for (auto _ : state) {
    const spice::ConstituencyParser parser(spice::Grammar::read(grammar_path()));
    benchmark::DoNotOptimize(&parser);
  }
}

void parse(benchmark::State& state) {
  if (!std::filesystem::exists(grammar_path())) return state.SkipWithError("no grammar file");
  const spice::ConstituencyParser parser(spice::Grammar::read(grammar_path()));
  spice::ConstituencyParser::Worker worker(parser);
  spice::Tree tree;
  const auto tokenizer = text::open_tokenizer("ptb");
  constexpr std::size_t kCaptions = 60;
  std::vector<text::TokenList> sentences(std::min(samples().size(), kCaptions));
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    tokenizer->tokenize(samples()[i].candidate, {}, sentences[i]);
  }
  std::vector<std::string_view> words;
  std::size_t captions = 0;
  for (auto _ : state) {
    for (const text::TokenList& tokens : sentences) {
      words.clear();
      for (std::size_t i = 0; i < tokens.size(); ++i) words.push_back(tokens[i]);
      worker.parse(words, tree);
      benchmark::DoNotOptimize(tree.data());
      ++captions;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(captions));
}

BENCHMARK(read_grammar)->Unit(benchmark::kMillisecond);
BENCHMARK(parse)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace vernier::bench

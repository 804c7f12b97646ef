// Metrics on tokenised samples: candidates a second on one core (4 references each).
#include <benchmark/benchmark.h>

#include "base/error.h"
#include "bench/samples.h"
#include "metrics/evaluation.h"
#include "metrics/registry.h"

namespace vernier::bench {
namespace {

void measure(benchmark::State& state, const char* name) {
  std::vector<std::unique_ptr<Metric>> metrics;
  try {
    metrics.push_back(open_metric(name));
  } catch (const Error& error) {
    state.SkipWithError(error.what());
    return;
  }
  Evaluation evaluation(std::move(metrics));
  Evaluation::Tokenizing tokenizing(evaluation);
  Evaluation::Observing observing(evaluation);
  TokenBlock tokens;
  std::vector<std::size_t> begins;
  for (const BenchSample& sample : samples()) {
    begins.push_back(tokens.text_count());
    tokenizing.add_candidate(sample.candidate, {}, tokens);
    for (const std::string& reference : sample.references)
      tokenizing.add_reference(reference, {}, tokens);
  }
  begins.push_back(tokens.text_count());
  struct Views {
    std::vector<std::span<const WordId>> candidate;
    std::vector<std::vector<std::span<const WordId>>> references;
  };
  std::vector<Views> views;
  for (std::size_t n = 0; n + 1 < begins.size(); ++n) {
    Views& view = views.emplace_back();
    view.candidate.push_back(tokens.text(0, begins[n]));
    view.references.emplace_back();
    for (std::size_t t = begins[n] + 1; t < begins[n + 1]; ++t) {
      view.references[0].push_back(tokens.text(0, t));
    }
    observing.document(view.references);
  }
  observing.finish();
  Evaluation::Measuring measuring(evaluation);
  std::vector<double> row(evaluation.row_width());
  for (auto _ : state) {
    for (const Views& view : views) measuring.sample(view.candidate, view.references, row);
    benchmark::DoNotOptimize(row.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * views.size()));
}

[[maybe_unused]] const int registered = [] {
  for (const MetricInfo& info : known_metrics()) {
    const std::string name(info.name);
    benchmark::RegisterBenchmark(("measure/" + name).c_str(),
                                 [name](benchmark::State& state) { measure(state, name.c_str()); });
  }
  return 0;
}();

}  // namespace
}  // namespace vernier::bench

// Resampling: 1,000 resamples of a paired comparison of five metrics over 40,000 images.
#include <benchmark/benchmark.h>

#include <cmath>

#include "metrics/meteor/meteor.h"
#include "metrics/registry.h"
#include "results/statistics/resampling/resampled_sums.h"

namespace vernier {
namespace {

constexpr std::size_t kClusters = 40'000, kResamples = 1000;

struct Part {
  std::unique_ptr<Aggregator> aggregator;
  std::size_t begin;
};

// BLEU, ROUGE-L, METEOR, CIDEr and TER: 35 columns a run.
std::vector<Part> parts() {
  std::vector<Part> out;
  std::size_t begin = 0;
  const auto add = [&](std::unique_ptr<Aggregator> aggregator) {
    const std::size_t width = aggregator->columns().size();
    out.push_back({std::move(aggregator), begin});
    begin += width;
  };
  for (const char* name : {"bleu", "rouge-l", "ter"}) add(open_metric(name));
  add(make_meteor_aggregator());
  add(open_aggregator({"cider", "cider", {"cider"}, {"cider"}, "mean", false}));
  return out;
}

void paired_bootstrap(benchmark::State& state) {
  const std::vector<Part> metrics = parts();
  const std::size_t width = metrics.back().begin + 1;
  ClusterTable table(kClusters, 2 * width + 1);
  for (std::size_t c = 0; c < kClusters; ++c) {
    for (std::size_t k = 0; k < table.width(); ++k) {
      table.row(c)[k] = 1 + std::fmod(static_cast<double>(c * 7 + k * 13), 11);
    }
  }
  std::vector<double> differences(kResamples);
  for (auto _ : state) {
    resampled_sums(
        table, Weighting::kBootstrap, {kResamples, 1, static_cast<unsigned>(state.range(0))},
        [&](std::size_t r, std::span<const double> sums) {
          std::vector<double> a(8), b(8);
          for (const Part& part : metrics) {
            const std::size_t n = part.aggregator->columns().size();
            part.aggregator->aggregate(sums.subspan(part.begin, n), kClusters, a);
            part.aggregator->aggregate(sums.subspan(width + part.begin, n), kClusters, b);
          }
          differences[r] = b[0] - a[0];
        });
    benchmark::DoNotOptimize(differences.data());
  }
}

}  // namespace
}  // namespace vernier

BENCHMARK(vernier::paired_bootstrap)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

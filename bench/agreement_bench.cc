// Agreement with ratings: Kendall's counts of long lists, and the intervals of a data set of the
// size of Flickr8k-Expert.
#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

#include "results/agreement/agreement.h"
#include "results/statistics/rank_correlation.h"

namespace vernier {
namespace {

void kendall_of_doubles(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  std::vector<double> x(static_cast<std::size_t>(state.range(0))), y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = normal(random);
    y[i] = x[i] + normal(random);
  }
  for (auto _ : state) benchmark::DoNotOptimize(kendall(x, y).tau_b());
}

// 1,000 images with six captions and three ratings each, 2,000 resamples, all statistics.
void agreement_intervals(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  HumanJudgements human;
  ScoreColumn score{"score", {}, false};
  const bool fine = state.range(0) != 0;  // ratings that are all different
  for (std::uint32_t image = 0; image < 1000; ++image) {
    for (int caption = 0; caption < 6; ++caption) {
      const double quality = normal(random);
      human.images.push_back(image);
      score.values.push_back(quality + normal(random));
      std::vector<double>& ratings = human.ratings.emplace_back();
      for (int r = 0; r < 3; ++r) {
        const double rating = quality + normal(random);
        ratings.push_back(fine ? rating : std::round(rating));
      }
    }
  }
  for (auto _ : state) benchmark::DoNotOptimize(agreement(human, {score}, {}).n);
}

}  // namespace
}  // namespace vernier

BENCHMARK(vernier::kendall_of_doubles)->Arg(20'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(vernier::agreement_intervals)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

#include "results/seeds/seed_error.h"

#include <algorithm>
#include <cmath>

#include "results/compare/paired_runs.h"
#include "results/statistics/intervals/interval.h"

namespace vernier {
namespace {

double variance(const std::vector<double>& values) {
  double mean = 0, sum = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) sum += (v - mean) * (v - mean);
  return sum / static_cast<double>(values.size() - 1);
}

/// The 97.5 % quantile of Student's t over that of the normal distribution (Cornish-Fisher
/// expansion, Abramowitz and Stegun 26.7.5; 1 % low at 2 degrees of freedom, exact from 4).
double student_ratio(double freedom) {
  const double z = 1.959963984540054, z2 = z * z;
  const double g1 = (z2 + 1) / 4;
  const double g2 = ((5 * z2 + 16) * z2 + 3) / 96;
  const double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  const double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  return 1 + (((g4 / freedom + g3) / freedom + g2) / freedom + g1) / freedom;
}

/// Variance of b - a, by score, from the scores of each seed by itself.
std::vector<double> between_seeds(const PairedRuns& runs) {
  const std::size_t seeds = runs.a().seeds(), count = runs.scores().size();
  const std::size_t samples = runs.samples() / seeds;
  std::vector<std::vector<double>> a(count), b(count);
  std::vector<double> of_a(count), of_b(count);
  std::vector<std::size_t> seed(samples);
  for (std::size_t k = 0; k < seeds; ++k) {
    for (std::size_t n = 0; n < samples; ++n) seed[n] = k * samples + n;
    runs.aggregate_both(runs.sums_of(seed).total(), of_a, of_b);
    for (std::size_t s = 0; s < count; ++s) {
      a[s].push_back(of_a[s]);
      b[s].push_back(of_b[s]);
    }
  }
  std::vector<double> out(count);
  for (std::size_t s = 0; s < count; ++s) {
    out[s] = (variance(a[s]) + variance(b[s])) / static_cast<double>(seeds);
  }
  return out;
}

/// By score: b - a with one of `items` left out each, whose sums add(item, sums) makes.
template <class Add>
std::vector<std::vector<double>> left_out(const PairedRuns& runs, std::size_t items, Add add) {
  const std::size_t count = runs.scores().size();
  const std::vector<double> total = runs.sums().total();
  std::vector<std::vector<double>> out(count, std::vector<double>(items));
  std::vector<double> one(total.size()), rest(total.size()), a(count), b(count);
  for (std::size_t n = 0; n < items; ++n) {
    std::ranges::fill(one, 0.0);
    add(n, std::span(one));
    for (std::size_t k = 0; k < rest.size(); ++k) rest[k] = total[k] - one[k];
    runs.aggregate_both(rest, a, b);
    for (std::size_t s = 0; s < count; ++s) out[s][n] = b[s] - a[s];
  }
  return out;
}

/// The part of the seeds' variance that lies within images.
double within_images(const std::vector<double>& without_sample, std::size_t seeds) {
  const std::size_t samples = without_sample.size() / seeds;
  std::vector<double> of_sample(seeds);
  double sum = 0;
  for (std::size_t n = 0; n < samples; ++n) {
    for (std::size_t k = 0; k < seeds; ++k) of_sample[k] = without_sample[k * samples + n];
    sum += static_cast<double>(seeds) * variance(of_sample);
  }
  return sum;
}

}  // namespace

std::vector<SeedError> seed_errors(const PairedRuns& runs) {
  std::vector<SeedError> out(runs.scores().size());
  const std::size_t seeds = runs.a().seeds();
  if (seeds < 2 || runs.clusters() < 2) return out;
  const std::vector<double> between = between_seeds(runs);
  const auto without_sample =
      left_out(runs, runs.samples(),
               [&](std::size_t n, std::span<double> sums) { runs.add_sample(n, sums); });
  const auto without_image =
      left_out(runs, runs.clusters(), [&](std::size_t c, std::span<double> sums) {
        std::ranges::copy(runs.sums().row(c), sums.begin());
      });
  for (std::size_t s = 0; s < out.size(); ++s) {
    out[s].error = std::sqrt(between[s]);
    const double over_images = std::pow(jackknife_error(without_image[s]), 2);
    const double excess = between[s] - within_images(without_sample[s], seeds);
    if (!(excess > 0) || !(over_images > 0)) continue;
    const double all = over_images + excess;
    const double freedom = all * all /
                           (over_images * over_images / static_cast<double>(runs.clusters() - 1) +
                            excess * excess / static_cast<double>(2 * (seeds - 1)));
    out[s].widening = std::sqrt(all / over_images) * student_ratio(freedom);
  }
  return out;
}

}  // namespace vernier

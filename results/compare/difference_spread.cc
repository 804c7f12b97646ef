#include "results/compare/difference_spread.h"

namespace vernier {
namespace {

/// The values of b - a from a row of PairedRuns::sums().
void differences(const PairedRuns& runs, std::span<const double> sums, std::span<double> values) {
  std::vector<double> a(values.size());
  runs.aggregate_both(sums, a, values);
  for (std::size_t s = 0; s < a.size(); ++s) values[s] -= a[s];
}

}  // namespace

std::vector<Spread> difference_spreads(const PairedRuns& runs, const ResamplingOptions& options) {
  return difference_spreads(runs, runs.sums(), options);
}

std::vector<Spread> difference_spreads(const PairedRuns& runs, const ClusterTable& sums,
                                       const ResamplingOptions& options) {
  std::vector<Spread> spreads = bootstrap_spreads(
      sums, runs.scores().size(),
      [&](std::span<const double> row, std::span<double> values) {
        differences(runs, row, values);
      },
      options);
  std::vector<double> centres(spreads.size());
  differences(runs, sums.total(), centres);
  for (std::size_t s = 0; s < spreads.size(); ++s) {
    const double factor = runs.seed_errors()[s].widening;
    if (factor == 1) continue;
    for (auto* values : {&spreads[s].replicates, &spreads[s].left_out}) {
      for (double& value : *values) value = centres[s] + factor * (value - centres[s]);
    }
  }
  return spreads;
}

std::vector<std::vector<double>> randomised_differences(const PairedRuns& runs,
                                                        const ResamplingOptions& options) {
  const std::size_t width = runs.row_width();
  ClusterTable moves(runs.clusters(), width);  // b - a
  for (std::size_t c = 0; c < runs.clusters(); ++c) {
    const std::span<const double> sums = runs.sums().row(c);
    for (std::size_t k = 0; k < width; ++k) moves.row(c)[k] = sums[width + k] - sums[k];
  }
  const std::vector<double> total = runs.sums().total();
  std::vector<std::vector<double>> out(runs.scores().size(),
                                       std::vector<double>(options.resamples));
  resampled_sums(moves, Weighting::kCoin, options,
                 [&](std::size_t r, std::span<const double> moved) {
                   std::vector<double> swapped = total, values(out.size());
                   for (std::size_t k = 0; k < width; ++k) {
                     swapped[k] += moved[k];
                     swapped[width + k] -= moved[k];
                   }
                   differences(runs, swapped, values);
                   for (std::size_t s = 0; s < values.size(); ++s) {
                     out[s][r] = runs.seed_errors()[s].widening * values[s];
                   }
                 });
  return out;
}

}  // namespace vernier

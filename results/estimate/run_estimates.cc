#include "results/estimate/run_estimates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace vernier {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

RunEstimator::RunEstimator(const Run& run, std::string_view cluster_separator)
    : run_(run), cluster_of_(cluster_numbers(run, cluster_separator)), aggregator_(run.header()) {
  MetricPlace place;
  for (std::size_t m = 0; m < run.header().metrics.size(); ++m) {
    const MetricDescription& metric = run.header().metrics[m];
    if (aggregator_.of(m)) check_stated_scores(run, *aggregator_.of(m), place);
    place.column += metric.columns.size();
    place.score += metric.scores.size();
  }
}

// `sums`: those of a row, or of several.
void RunEstimator::aggregate(std::span<const double> sums, std::span<double> scores) const {
  aggregator_.aggregate(sums, sums.back(), scores);
}

ClusterTable RunEstimator::sums_of(std::span<const std::size_t> samples) const {
  const std::size_t width = run_.header().row_width();
  return cluster_sums(cluster_of_, samples, width + 1,
                      [&](std::size_t n, std::span<double> cluster) {
                        const std::span<const double> row = run_.row(n);
                        for (std::size_t k = 0; k < width; ++k) cluster[k] += row[k];
                        cluster[width] += 1;
                      });
}

std::vector<double> RunEstimator::scores_of(std::span<const std::size_t> samples) const {
  std::vector<double> values(run_.corpus_scores().size());
  aggregate(sums_of(samples).total(), values);
  return values;
}

RunEstimates RunEstimator::part(std::span<const std::size_t> samples,
                                const EstimateOptions& options) const {
  const ClusterTable sums = sums_of(samples);
  std::vector<double> values(run_.corpus_scores().size());
  aggregate(sums.total(), values);
  const std::vector<Spread> spreads = bootstrap_spreads(
      sums, values.size(),
      [&](std::span<const double> row, std::span<double> scores) { aggregate(row, scores); },
      options.resampling);
  RunEstimates out{samples.size(), sums.clusters(), {}};
  for (std::size_t s = 0; s < values.size(); ++s) {
    out.scores.push_back(
        {values[s], bootstrap_interval(spreads[s].replicates, values[s], spreads[s].left_out,
                                       options.alpha / 2, options.interval)});
  }
  return out;
}

RunEstimates RunEstimator::whole(const EstimateOptions& options) const {
  RunEstimates out = part(all_samples(run_), options);
  for (std::size_t s = 0; s < out.scores.size(); ++s) {
    out.scores[s].value = run_.corpus_scores()[s];
    if (std::isnan(out.scores[s].value)) out.scores[s].interval = {kNan, kNan};
  }
  return out;
}

std::string estimates_signature(const EstimateOptions& options) {
  return fmt::format("{}|resamples:{}|seed:{}|alpha:{}|v:1.0.0", bootstrap_name(options.interval),
                     options.resampling.resamples, options.resampling.seed, options.alpha);
}

}  // namespace vernier

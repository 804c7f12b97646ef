#include "results/precision/logit_summary.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "results/precision/cluster_sums.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/resampling/spread.h"

namespace vernier {
namespace {

constexpr double kAlpha = 0.05;

/// Means over places that a summary is made of.
enum Mean : std::size_t {
  kKl,
  kSameTop,
  kMeanDelta,
  kDeltaP,
  kSquaredDeltaP,
  kLossA,
  kLossB,
  kLogRatio,
  kMeans
};

double delta_p(const LogitPlace& place) {
  return std::exp(place.log_p_b) - std::exp(place.log_p_a);
}

std::array<double, kMeans> values_of(const LogitPlace& place) {
  const double delta = delta_p(place);
  return {place.kl,         place.same_top ? 1.0 : 0.0,
          place.mean_delta, delta,
          delta * delta,    -place.log_p_a,
          -place.log_p_b,   place.log_p_a - place.log_p_b};
}

std::vector<double> sorted(std::span<const LogitPlace> places, double (*value)(const LogitPlace&)) {
  std::vector<double> out;
  out.reserve(places.size());
  for (const LogitPlace& place : places) out.push_back(value(place));
  std::ranges::sort(out);
  return out;
}

/// Under a function that grows.
ClusteredMean through(double (*grows)(double), const ClusteredMean& mean) {
  return {grows(mean.value), grows(mean.low), grows(mean.high)};
}

}  // namespace

LogitSummary summarise_logits(std::span<const LogitPlace> places,
                              const ResamplingOptions& options) {
  LogitSummary out;
  if (places.empty()) return out;
  const ClusterTable table = cluster_sums<kMeans>(places, values_of);
  out.places = places.size();
  out.clusters = table.clusters();
  const auto means = [](std::span<const double> sums, std::span<double> values) {
    for (std::size_t k = 0; k < kMeans; ++k) values[k] = sums[k] / sums[kMeans];
  };
  std::array<double, kMeans> estimates{};
  means(table.total(), estimates);
  const std::vector<Spread> spreads = bootstrap_spreads(table, kMeans, means, options);
  const auto mean = [&](Mean k) {
    const Interval interval = bootstrap_interval(
        spreads[k].replicates, estimates[k], spreads[k].left_out, kAlpha / 2, IntervalMethod::kBca);
    return ClusteredMean{estimates[k], interval.low, interval.high};
  };
  out.kl = mean(kKl);
  out.same_top = mean(kSameTop);
  out.mean_delta = mean(kMeanDelta);
  out.delta_p = mean(kDeltaP);
  out.delta_p_rms = through(std::sqrt, mean(kSquaredDeltaP));
  out.perplexity_a = through(std::exp, mean(kLossA));
  out.perplexity_b = through(std::exp, mean(kLossB));
  out.log_ratio = mean(kLogRatio);
  out.log_ratio_error = jackknife_error(spreads[kLogRatio].left_out);

  const std::vector<double> kl = sorted(places, [](const LogitPlace& p) { return p.kl; });
  out.kl_median = quantile_of_sorted(kl, 0.5);
  out.kl_90 = quantile_of_sorted(kl, 0.9);
  out.kl_99 = quantile_of_sorted(kl, 0.99);
  out.kl_999 = quantile_of_sorted(kl, 0.999);
  out.kl_max = kl.back();
  const std::vector<double> deltas = sorted(places, delta_p);
  for (std::size_t i = 0; i < LogitSummary::kPercentiles.size(); ++i) {
    out.delta_p_percentiles[i] = quantile_of_sorted(deltas, LogitSummary::kPercentiles[i] / 100);
  }
  out.max_delta = sorted(places, [](const LogitPlace& p) { return p.max_delta; }).back();
  return out;
}

}  // namespace vernier

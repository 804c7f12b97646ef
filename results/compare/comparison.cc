#include "results/compare/comparison.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "results/statistics/resampling/resampled_sums.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Differences b - a of all scores, by score.
using Differences = std::vector<std::vector<double>>;

Differences differences(const PairedRuns& runs, std::size_t count) {
  return Differences(runs.scores().size(), std::vector<double>(count));
}

/// Puts the differences that column sums of both runs give at place `n`.
void put_differences(const PairedRuns& runs, std::span<const double> a, std::span<const double> b,
                     double samples, std::size_t n, Differences& out) {
  thread_local std::vector<double> scores_a, scores_b;
  scores_a.resize(runs.scores().size());
  scores_b.resize(runs.scores().size());
  runs.aggregate(a, samples, scores_a);
  runs.aggregate(b, samples, scores_b);
  for (std::size_t s = 0; s < out.size(); ++s) out[s][n] = scores_b[s] - scores_a[s];
}

Differences bootstrap(const PairedRuns& runs, const ResamplingOptions& options) {
  Differences out = differences(runs, options.resamples);
  const std::size_t width = runs.row_width();
  resampled_sums(runs.sums(), Weighting::kBootstrap, options,
                 [&](std::size_t r, std::span<const double> sums) {
                   put_differences(runs, sums.first(width), sums.subspan(width, width),
                                   sums[2 * width], r, out);
                 });
  return out;
}

/// Swaps the runs in each cluster or not.
Differences randomised(const PairedRuns& runs, const ResamplingOptions& options) {
  const std::size_t width = runs.row_width();
  ClusterTable moves(runs.clusters(), width);  // b - a
  for (std::size_t c = 0; c < runs.clusters(); ++c) {
    const std::span<const double> sums = runs.sums().row(c);
    for (std::size_t k = 0; k < width; ++k) moves.row(c)[k] = sums[width + k] - sums[k];
  }
  const std::vector<double> total = runs.sums().total();
  Differences out = differences(runs, options.resamples);
  resampled_sums(moves, Weighting::kCoin, options,
                 [&](std::size_t r, std::span<const double> moved) {
                   std::vector<double> a(width), b(width);
                   for (std::size_t k = 0; k < width; ++k) {
                     a[k] = total[k] + moved[k];
                     b[k] = total[width + k] - moved[k];
                   }
                   put_differences(runs, a, b, total[2 * width], r, out);
                 });
  return out;
}

Differences leave_one_out(const PairedRuns& runs, unsigned threads) {
  const std::size_t width = runs.row_width(), clusters = runs.clusters();
  Differences out = differences(runs, clusters);
  const std::vector<double> total = runs.sums().total();
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    constexpr std::size_t kBlock = 256;
    std::vector<double> rest(total.size());
    for (std::size_t begin; (begin = next.fetch_add(kBlock)) < clusters;) {
      for (std::size_t c = begin; c < std::min(begin + kBlock, clusters); ++c) {
        const std::span<const double> sums = runs.sums().row(c);
        for (std::size_t k = 0; k < rest.size(); ++k) rest[k] = total[k] - sums[k];
        const std::span<const double> left(rest);
        put_differences(runs, left.first(width), left.subspan(width, width), rest[2 * width], c,
                        out);
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return out;
}

/// How often chance gives as large a difference; both that and the arrangement at hand count. What
/// differs from it by rounding only is as large.
double randomisation_p(const std::vector<double>& by_chance, double difference) {
  const double least = std::abs(difference) * (1 - 1e-10) - 1e-15;
  std::size_t as_large = 0;
  for (const double value : by_chance) {
    if (std::isnan(value)) return kNan;
    as_large += std::abs(value) >= least;
  }
  return (static_cast<double>(as_large) + 1) / (static_cast<double>(by_chance.size()) + 1);
}

}  // namespace

Comparison compare(const PairedRuns& runs, const ComparisonOptions& options) {
  Comparison out{runs.samples(), runs.clusters(), options.alpha, {}, {}};
  const bool resampling = runs.clusters() > 1;
  const ResamplingOptions how{resampling ? options.resamples : 0, options.seed, options.threads};
  Differences replicates = bootstrap(runs, how);
  const Differences by_chance = randomised(runs, how);
  const Differences left_out =
      resampling ? leave_one_out(runs, options.threads) : differences(runs, 0);
  std::vector<double> p;
  for (std::size_t s = 0; s < runs.scores().size(); ++s) {
    const PairedRuns::Score& score = runs.scores()[s];
    ScoreDifference d{};
    d.score = score;
    d.difference = score.b - score.a;
    d.identical = runs.identical(score) && !std::isnan(d.difference);
    if (d.identical) {
      d.p = 1;
    } else if (std::isnan(d.difference) || !resampling) {
      d.interval = {kNan, kNan};
      d.standard_error = d.detectable = d.p = kNan;
    } else {
      d.interval = bootstrap_interval(replicates[s], d.difference, left_out[s], options.alpha / 2,
                                      options.interval);
      d.standard_error = jackknife_error(left_out[s]);
      d.detectable = minimum_detectable(d.standard_error, options.alpha, options.power);
      d.p = randomisation_p(by_chance[s], d.difference);
    }
    d.replicates = std::move(replicates[s]);
    p.push_back(d.p);
    out.scores.push_back(std::move(d));
  }
  const std::vector<double> corrected = holm(p);
  for (std::size_t s = 0; s < out.scores.size(); ++s) out.scores[s].p_holm = corrected[s];
  out.signature = fmt::format("bootstrap:{}|ar|resamples:{}|seed:{}|alpha:{}|power:{}|v:1.0.0",
                              options.interval == IntervalMethod::kBca ? "bca" : "percentile",
                              options.resamples, options.seed, options.alpha, options.power);
  return out;
}

}  // namespace vernier

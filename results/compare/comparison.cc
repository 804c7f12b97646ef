#include "results/compare/comparison.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "results/compare/difference_spread.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

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

std::string seeds_field(const PairedRuns& runs) {
  return runs.a().seeds() > 1 ? fmt::format("|seeds:{}", runs.a().seeds()) : "";
}

std::string_view direction(const ScoreDifference& d, double alpha) {
  if (d.identical) return "identical";
  if (!std::isfinite(d.interval.low)) return "undefined";
  if ((d.interval.low <= 0 && d.interval.high >= 0) || d.p > alpha) return "";
  return (d.interval.low > 0) != d.score.less_is_better ? "better" : "worse";
}

Comparison compare(const PairedRuns& runs, const ComparisonOptions& options) {
  Comparison out{runs.samples(), runs.clusters(), options.alpha, options.power, {}, {}};
  const ResamplingOptions how{options.resamples, options.seed, options.threads};
  const std::vector<Spread> spreads = difference_spreads(runs, how);
  const std::vector<std::vector<double>> by_chance = randomised_differences(runs, how);
  std::vector<double> p;
  for (std::size_t s = 0; s < runs.scores().size(); ++s) {
    const PairedRuns::Score& score = runs.scores()[s];
    ScoreDifference d{};
    d.score = score;
    d.difference = score.b - score.a;
    d.seed_error = runs.seed_errors()[s].error;
    d.identical = runs.identical(score) && !std::isnan(d.difference);
    if (d.identical) {
      d.p = 1;
    } else if (std::isnan(d.difference) || runs.clusters() < 2) {
      d.interval = {kNan, kNan};
      d.standard_error = d.detectable = d.p = kNan;
    } else {
      d.interval = bootstrap_interval(spreads[s].replicates, d.difference, spreads[s].left_out,
                                      options.alpha / 2, options.interval);
      d.standard_error = jackknife_error(spreads[s].left_out);
      d.detectable = minimum_detectable(d.standard_error, options.alpha, options.power);
      d.p = randomisation_p(by_chance[s], d.difference);
    }
    p.push_back(d.p);
    out.scores.push_back(std::move(d));
  }
  const std::vector<double> corrected = holm(p);
  for (std::size_t s = 0; s < out.scores.size(); ++s) out.scores[s].p_holm = corrected[s];
  out.signature = fmt::format("{}|ar|resamples:{}|seed:{}|alpha:{}|power:{}{}|v:1.0.0",
                              bootstrap_name(options.interval), options.resamples, options.seed,
                              options.alpha, options.power, seeds_field(runs));
  return out;
}

}  // namespace vernier

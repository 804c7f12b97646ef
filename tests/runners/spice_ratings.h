// Agreement of SPICE with human ratings, by parser.
#pragma once

#include <string>
#include <vector>

#include "metrics/registry.h"
#include "results/statistics/rank_correlation.h"
#include "tests/runners/ratings.h"

namespace vernier::tests {

/// Flickr8k-Expert: Kendall's tau-c x 100. Published for SPICE: 44.9; with the stored values of the
/// original 44.888.
inline constexpr double kSpiceTau = 44.888;

inline std::vector<double> spice_column(const std::string& metric,
                                        const std::vector<TextSample>& samples) {
  std::vector<std::unique_ptr<Metric>> metrics;
  metrics.push_back(open_metric(metric));
  std::vector<double> column;
  for (const auto& row : score_samples(std::move(metrics), samples).sentence) {
    column.push_back(row[0]);
  }
  return column;
}

inline double spice_tau(const std::string& metric) {
  const RatedSamples rated = read_flickr8k_expert();
  const std::vector<double> scores = three_times(spice_column(metric, rated.samples));
  return 100 * kendall(scores, rated.ratings).tau_c(rated.ratings.size());
}

}  // namespace vernier::tests

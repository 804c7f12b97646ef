// What two models expected at the places of the same texts, in a few numbers: those that
// llama.cpp's perplexity tool prints with --kl-divergence, with intervals over pictures.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>

#include "results/statistics/intervals/clustered_mean.h"

namespace vernier {

/// One token of a text in models A and B.
struct LogitPlace {
  std::size_t cluster = 0;  ///< number of the text's picture
  double kl = 0;            ///< KL(A || B), nats
  double log_p_a = 0, log_p_b = 0;
  bool same_top = false;
  double mean_delta = 0, max_delta = 0;  ///< of the logits
};

/// What is not known is NaN. Means have BCa bootstrap intervals of 95 % over clusters.
struct LogitSummary {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  std::size_t places = 0;
  std::size_t clusters = 0;  ///< that have places

  ClusteredMean kl;
  double kl_median = kUnknown, kl_90 = kUnknown, kl_99 = kUnknown, kl_999 = kUnknown;
  double kl_max = kUnknown;

  ClusteredMean same_top;  ///< share of the places

  ClusteredMean mean_delta;  ///< of |difference of two logits|
  double max_delta = kUnknown;

  /// Probability of the text's token in B less that in A.
  ClusteredMean delta_p, delta_p_rms;
  static constexpr std::array<double, 7> kPercentiles = {1, 5, 25, 50, 75, 95, 99};
  std::array<double, kPercentiles.size()> delta_p_percentiles = {
      kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, kUnknown};

  ClusteredMean perplexity_a, perplexity_b;
  ClusteredMean log_ratio;            ///< ln(perplexity of B / that of A)
  double log_ratio_error = kUnknown;  ///< standard error (jackknife over clusters)
};

/// The same bits for any number of threads.
LogitSummary summarise_logits(std::span<const LogitPlace> places, const ResamplingOptions& options);

}  // namespace vernier

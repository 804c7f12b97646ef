// Confidence intervals from bootstrap replicates (Efron 1987, "Better bootstrap confidence
// intervals").
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace vernier {

struct Interval {
  double low = 0, high = 0;
  bool operator==(const Interval&) const = default;
};

enum class IntervalMethod { kPercentile, kBca };

/// How signatures name an interval.
std::string_view bootstrap_name(IntervalMethod method);

/// The p-quantile of sorted values with linear interpolation between them (NumPy's default).
double quantile_of_sorted(std::span<const double> sorted, double p);

/// The interval that leaves out `alpha` on each side. `replicates` in any order; `leave_one_out`
/// (one value for each cluster left out) is needed by BCa only. BCa becomes the percentile
/// interval where it is undefined: when all values left out are equal, or no replicate lies on one
/// side of the estimate. NaN replicates make the interval NaN.
Interval bootstrap_interval(std::vector<double> replicates, double estimate,
                            std::span<const double> leave_one_out, double alpha,
                            IntervalMethod method);

/// Standard error of an estimate from its values with one cluster left out (jackknife).
double jackknife_error(std::span<const double> leave_one_out);

}  // namespace vernier

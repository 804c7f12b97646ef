// Small exact tests, corrections and plans.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

/// Exact McNemar test (McNemar 1947): the two-sided binomial probability that flips equally
/// likely in both directions split at least as unevenly as b to c. 1 when nothing flipped.
double mcnemar_p(std::uint64_t b, std::uint64_t c);

/// p-values corrected for being several (Holm 1979), in the order given. NaN stays NaN and does
/// not count.
std::vector<double> holm(std::span<const double> p);

/// The smallest true difference that a two-sided test at level `alpha` finds with probability
/// `power`, given the standard error of the difference: 2.8 standard errors for 5 % and 80 %.
double minimum_detectable(double standard_error, double alpha, double power);

/// How many times as many clusters make the confidence interval's half width, z(alpha) standard
/// errors, as small as `distance`.
double clusters_needed(double standard_error, double distance, double alpha, double clusters);

}  // namespace vernier

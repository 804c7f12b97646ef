// Ratios of sums, means among them, with clustered standard errors.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace vernier::probes {

struct RatioTerm {
  double part = 0, whole = 1;
  std::uint32_t cluster = 0;
};

struct RatioEstimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t n = 0;  ///< terms
};

/// Sum of parts over sum of wholes; error: as clustered_errors() (confusion.h). NaN where the
/// wholes add up to nothing.
inline RatioEstimate clustered_ratio(std::span<const RatioTerm> terms) {
  RatioEstimate out;
  out.n = terms.size();
  double part = 0, whole = 0;
  std::size_t clusters = 0;
  for (const RatioTerm& term : terms) {
    part += term.part;
    whole += term.whole;
    if (term.cluster >= clusters) clusters = term.cluster + std::size_t{1};
  }
  if (whole <= 0) return out;
  out.value = part / whole;
  std::vector<double> off(clusters);
  bool several = false;
  for (const RatioTerm& term : terms) {
    off[term.cluster] += term.part - out.value * term.whole;
    several = several || term.cluster != terms.front().cluster;
  }
  if (!several) return out;
  double squares = 0;
  for (const double one : off) squares += one * one;
  out.error = std::sqrt(squares) / whole;
  return out;
}

}  // namespace vernier::probes

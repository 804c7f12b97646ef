// Shares of right answers, and what they change by, with images as clusters.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace vernier {

struct LiveStatistics {
  double alpha = 0.05;           ///< of intervals and of the test against chance
  std::size_t resamples = 2000;  ///< bootstrap
  std::size_t draws = 9999;      ///< swaps, and shuffles of positions
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

/// One question that was answered.
struct RightTerm {
  bool right = false;
  bool commonest = false;     ///< who always gives the commonest answer is right
  std::uint32_t cluster = 0;  ///< any number
};

/// Ratios from 0 to 1; NaN where undefined.
struct RightShare {
  std::uint64_t questions = 0, clusters = 0;
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

/// Interval: bootstrap over clusters (BCa). Where all answers are right, or none is, that interval
/// has no width; it is the exact binomial one then, with clusters as cases.
RightShare right_share(std::span<const RightTerm> terms, const LiveStatistics& options);

/// One-sided p of being right no more often than the commonest answer is: Student's t of the paired
/// difference, clusters being the cases. 1 where there is no difference; NaN for fewer than two
/// clusters.
double p_above_commonest(std::span<const RightTerm> terms);

/// A question that was answered twice.
struct PairedTerm {
  bool first = false, second = false;  ///< right
  std::uint32_t cluster = 0;
};

struct PairedChange {
  std::uint64_t questions = 0, clusters = 0;
  double first = std::numeric_limits<double>::quiet_NaN();  ///< share that is right
  double second = std::numeric_limits<double>::quiet_NaN();
  double change = std::numeric_limits<double>::quiet_NaN();  ///< first - second
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  double p = std::numeric_limits<double>::quiet_NaN();  ///< two-sided: clusters swap their answers
};

PairedChange paired_change(std::span<const PairedTerm> terms, const LiveStatistics& options);

/// Numbers for texts, 0, 1, ... in the order of their first.
std::vector<std::uint32_t> numbers_of(std::span<const std::string> texts);

}  // namespace vernier

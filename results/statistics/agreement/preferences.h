// How often scores order two things as people do.
#pragma once

#include <cstdint>
#include <limits>
#include <span>

namespace vernier {

/// What a pair counts whose scores are equal.
enum class TieRule {
  kWrong,  ///< nothing: a metric that cannot decide is not right
  kHalf,   ///< as half a right one: what a coin would get
  kSkip    ///< it is left out
};

/// Pairs of which people prefer one.
struct PreferenceCounts {
  std::uint64_t right = 0, wrong = 0, tied = 0;

  std::uint64_t total() const { return right + wrong + tied; }
  PreferenceCounts& operator+=(const PreferenceCounts& other) {
    right += other.right;
    wrong += other.wrong;
    tied += other.tied;
    return *this;
  }
  PreferenceCounts operator*(std::uint64_t times) const {
    return {right * times, wrong * times, tied * times};
  }
  bool operator==(const PreferenceCounts&) const = default;

  /// Counts the pair with these scores.
  void add(double preferred, double other) {
    ++(preferred > other ? right : preferred < other ? wrong : tied);
  }
  /// The share of right ones, 0 to 1; NaN where there is no pair to be right about.
  double accuracy(TieRule rule) const;
};

/// All pairs that `ratings` do not tie: n of them in O(n log n). Lists of the same size, no NaN.
PreferenceCounts rated_preferences(std::span<const double> scores, std::span<const double> ratings);

}  // namespace vernier

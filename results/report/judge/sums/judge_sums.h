// All verdicts of a run summed up: how they came about, how sure the judge is, and of what.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "results/run/run_file.h"

namespace vernier::report {

/// Of one measure over all ratings.
struct Middle {
  double median = 0, tenth = 0, worst = 0;  ///< `tenth`: what a tenth of them is beyond
};

using NamedCounts = std::vector<std::pair<std::string, std::uint64_t>>;

/// Ratings: numbers with a distribution behind them.
struct RatingSums {
  std::uint64_t count = 0;
  std::uint64_t wide = 0;  ///< with a spread beyond kWide
  Middle spread, entropy_bits, mass;
  std::uint64_t with_deciles = 0;
  std::array<double, 10> expected = {};  ///< mean probability of each tenth of the scale
  std::array<double, 10> scored = {};    ///< share of these captions whose score lies in it
  double tied = 0, raw_tied = 0;         ///< pairs of captions with one score, one likeliest number
  double commonest = 0;                  ///< of the likeliest numbers
  double commonest_share = 0;
  std::vector<std::size_t> least_sure;  ///< samples, the widest first

  static constexpr double kWide = 20;
};

struct ClaimSums {
  struct Unsure {
    std::size_t sample;
    std::string claim;
    double p_yes;
  };
  std::uint64_t captions = 0, claims = 0;
  std::vector<std::pair<std::string, NamedCounts>> kinds;  ///< verdicts by kind
  std::array<double, 10> p_yes = {};  ///< share of claims by tenth of the probability
  std::vector<Unsure> least_sure;
};

/// Comparisons in both orders.
struct VoteSums {
  std::uint64_t wins = 0, losses = 0, first = 0, second = 0;
  std::uint64_t total() const { return wins + losses + first + second; }
};

/// Which caption both orders speak for; else the place that the judge prefers.
enum class Vote { kWin, kLoss, kFirst, kSecond };
struct RivalVote;
Vote vote_of(const RivalVote& vote);

struct JudgeSums {
  std::uint64_t samples = 0;    ///< that a judge left a note on
  NamedCounts statuses, flags;  ///< the most frequent first
  RatingSums ratings;
  ClaimSums claims;
  VoteSums votes;

  bool empty() const { return samples == 0; }
};

/// How many captions or claims each list of the least sure holds.
inline constexpr std::size_t kLeastSure = 8;

JudgeSums sum_notes(const Run& run);

}  // namespace vernier::report

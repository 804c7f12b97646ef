// Paired comparison of two sets by swapping: where both members of every pair are draws of the same
// thing, which of them stands on which side is chance. Any statistic may be tested so, whatever its
// bias, as each arrangement has the same bias (Fisher 1935; Pesarin and Salmaso 2010).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace vernier {

/// What becomes of each pair: +1 as it is, -1 swapped, 0 left out.
using Arrangement = std::span<const std::int8_t>;

/// Writes the statistics of the pairs so arranged; NaN where undefined.
using PairStatistics = std::function<void(Arrangement, std::span<double> values)>;

enum class Tail : std::uint8_t {
  kBoth,   ///< far from what arrangements give, in either direction
  kLarge,  ///< larger than that: divergences
};

struct SwapOptions {
  std::size_t draws = 1999;
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

struct SwapTest {
  double value = 0;     ///< of the pairs as they are
  double expected = 0;  ///< mean over arrangements
  /// Standard error of the value over pairs: jackknife, one of at most 100 groups of pairs left out
  /// at a time, which no pair occurs in twice (a bootstrap repeats pairs, and so invents
  /// duplicates).
  double error = 0;
  double p = 1;          ///< (1 + as far) / (1 + draws)
  double corrected = 1;  ///< for being one of several statistics
};

/// Tests statistics together. `corrected` holds the chance that any of them looks so bad where
/// nothing differs at its level: step-down maxima over the same arrangements, each statistic in
/// units of its standard deviation over them (Westfall and Young 1993, algorithm 2.8), so related
/// statistics cost less than by Holm's correction, and no more draws are needed for many. NaN
/// values have p NaN and do not count; NaN in an arrangement counts as far. `make` is called once a
/// thread. The same bits for any number of threads.
std::vector<SwapTest> swap_test(std::size_t pairs, std::span<const Tail> tails,
                                const std::function<PairStatistics()>& make,
                                const SwapOptions& options);

}  // namespace vernier

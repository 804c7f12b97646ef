// How varied counts are, and how far two sets of counts are apart.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier::probes::drift {

/// How often each kind of thing occurs. Things that occur once at most, on either of two sides, are
/// many and all alike, so they are counted without being told apart.
struct Tally {
  std::span<const std::uint32_t> counts;
  std::uint64_t once = 0;   ///< things beside those in `counts` that occur once
  std::uint64_t total = 0;  ///< of `counts` and `once`
};

/// Expected number of different things among `sample` drawn without replacement (Hurlbert 1971,
/// "rarefaction"); all of them where there are no more than that.
double rarefied(const Tally& tally, std::uint64_t sample);

/// Shannon entropy in bits of the shares; NaN of nothing. (Of what is there, without correction.)
class Entropy {
 public:
  /// Keeps n log2(n) up to this count.
  explicit Entropy(std::size_t largest);
  double bits(const Tally& tally) const;

 private:
  std::vector<double> terms_;
};

/// Jensen-Shannon divergence in bits, 0 to 1, of the shares (Lin 1991). Both tallies count the same
/// things, what occurs `once` being on one side only. NaN where one side is empty.
double jensen_shannon(const Tally& a, const Tally& b);

/// The largest |b - a| / sqrt(a + b) of one thing: about the standard score of its change where
/// both sides are as large. 0 of nothing.
double largest_shift(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace vernier::probes::drift

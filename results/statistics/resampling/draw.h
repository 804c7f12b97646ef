// The random weights of clusters that resampling is made of.
#pragma once

#include <cstdint>
#include <span>

namespace vernier {

enum class Weighting {
  kBootstrap,  ///< how often each cluster is drawn when as many are drawn as there are
  kCoin        ///< 0 or 1, each with probability 1/2
};

/// Fills in one weight a cluster. Resample r of seed s is the same whoever draws it; bootstrap and
/// coin never share random numbers.
void draw_weights(Weighting weighting, std::uint64_t seed, std::size_t resample,
                  std::span<std::uint16_t> weights);

}  // namespace vernier

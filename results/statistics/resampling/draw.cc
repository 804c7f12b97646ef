#include "results/statistics/resampling/draw.h"

#include <algorithm>

#include "results/statistics/resampling/philox.h"

namespace vernier {

// One stream a resample. Bootstrap and coin streams of one seed differ in their top bit.
void draw_weights(Weighting weighting, std::uint64_t seed, std::size_t resample,
                  std::span<std::uint16_t> weights) {
  const auto clusters = static_cast<std::uint32_t>(weights.size());
  if (weighting == Weighting::kBootstrap) {
    PhiloxStream stream(seed, resample);
    std::ranges::fill(weights, std::uint16_t{0});
    for (std::uint32_t i = 0; i < clusters; ++i) ++weights[stream.below(clusters)];
    return;
  }
  PhiloxStream stream(seed, resample | std::uint64_t{1} << 63);
  std::uint32_t bits = 0;
  for (std::uint32_t i = 0; i < clusters; ++i) {
    if (i % 32 == 0) bits = stream.next();
    weights[i] = static_cast<std::uint16_t>(bits >> i % 32 & 1);
  }
}

}  // namespace vernier

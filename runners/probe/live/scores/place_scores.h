// How right answers depend on where the picture stood, and on its size.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "judges/probes/live/outcome.h"
#include "results/statistics/position/position_effects.h"
#include "runners/probe/live/scores/paired_shares.h"

namespace vernier {

/// Right answers, in percent, over positions among other pictures or over depths.
struct PlaceScores {
  std::string undefined;       ///< why there is no curve
  std::vector<double> places;  ///< positions from 1, or depths from 0 to 1; ascending
  PositionEffects effects;     ///< by place
  /// recency, primacy, U-shape, arch, position effect: what of trend, curvature and any effect is
  /// below alpha after Holm's correction, with that p.
  std::vector<std::pair<std::string, double>> biases;
};

/// `undefined`: of the kind as a whole, at chance say.
PlaceScores position_scores(std::span<const probes::LiveOutcome> outcomes,
                            const std::string& undefined, const LiveStatistics& options);
/// The same image at every depth.
PlaceScores depth_scores(std::span<const probes::LiveOutcome> outcomes,
                         const std::string& undefined, const LiveStatistics& options);

/// The same questions with pictures of one size.
struct SideScores {
  std::uint64_t side = 0;  ///< in pixels
  std::uint64_t questions = 0;
  std::string undefined;
  RightShare right;
  double commonest_share = 0;  ///< right of who always gives the commonest answer of the kind
  double p_above_commonest = 1;
  PairedChange change;  ///< first: the largest size; second: this one. Undefined for the largest
};

/// `sides`: as outcome.sides, ascending.
std::vector<SideScores> side_scores(std::span<const probes::LiveOutcome> outcomes,
                                    std::span<const std::uint64_t> sides,
                                    const LiveStatistics& options);

}  // namespace vernier

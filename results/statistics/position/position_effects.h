// Does a value depend on where among others its image stood?
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vernier {

/// One value: of an image, in one order of its group.
struct PositionValue {
  std::uint32_t image = 0, group = 0;
  std::uint32_t position = 0;  ///< from 0
  double value = 0;
};

struct PositionOptions {
  std::size_t draws = 10000;
  std::uint64_t seed = 1;
  double alpha = 0.05;
};

struct PositionMean {
  std::uint64_t values = 0;
  double mean = 0, low = 0, high = 0;  ///< interval with groups as clusters (normal)
};

/// A contrast of the positions' effects, and how often shuffled positions make one as large.
struct PositionContrast {
  double value = 0, p = 1;
};

struct PositionEffects {
  /// Whether every image stood at every position equally often. If not, positions are compared
  /// within images (least squares with an effect of each image), and means are those.
  bool balanced = true;
  std::vector<PositionMean> means;
  double mean = 0;             ///< of all positions
  double spread = 0;           ///< largest less smallest mean
  PositionContrast any;        ///< sum of squares that positions explain
  PositionContrast slope;      ///< a position further back
  PositionContrast curvature;  ///< coefficient of the square of the position: > 0 is a U
  PositionContrast recency;    ///< mean of the last third less that of the first
  /// Mean over images of the mean |difference| between two of its values.
  double inconsistency = 0;
  std::string undefined;  ///< why there is nothing to say; empty: there is
};

/// Least squares of value = image + position. p-values shuffle the positions inside each image
/// (two-sided but for `any`; (1 + as large) / (1 + draws)). `positions` >= 2. `undefined` where
/// positions cannot be told from images: no image stood at two positions, or the positions fall
/// apart into sets that share no image.
PositionEffects position_effects(std::span<const PositionValue> values, std::size_t positions,
                                 const PositionOptions& options);

/// Whether the entries of the diagonal of a square matrix of counts (row: captions of a group,
/// column: whose images) are larger than those beside it: share of draws that give every group
/// another one's column at random and sum up at least as much. 1 for fewer than two groups.
double diagonal_p(std::span<const double> counts, std::size_t groups,
                  const PositionOptions& options);

}  // namespace vernier

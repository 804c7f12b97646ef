// Maps from a judge's scores to the ratings of people, or of the truth.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vernier {

/// A piecewise linear function through knots; constant beyond the outer ones.
struct CalibrationCurve {
  struct Knot {
    double x, y;
    bool operator==(const Knot&) const = default;
  };
  std::vector<Knot> knots;  ///< at least one; x ascending

  double at(double x) const;
};

/// Least squares y = a + b x as two knots, at the smallest and the largest x. `x` and `y` have one
/// size, at least 1, and no NaN.
CalibrationCurve fit_line(std::span<const double> x, std::span<const double> y);

/// Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the non-decreasing
/// function with the least squared error. A knot for the middle of each pool, so that the curve
/// rises between pools and the order of scores is kept wherever the data allow it.
CalibrationCurve fit_isotonic(std::span<const double> x, std::span<const double> y);

}  // namespace vernier

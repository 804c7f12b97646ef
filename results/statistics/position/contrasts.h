// Numbers that say how a curve over equally spaced positions runs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vernier {

/// Orthogonal polynomials of degree 1 and 2, and thirds.
class Contrasts {
 public:
  /// `positions` >= 2; curvature() of two positions is 0.
  explicit Contrasts(std::size_t positions);

  /// Least-squares slope a position.
  double slope(std::span<const double> values) const;
  /// Coefficient of the square of the position.
  double curvature(std::span<const double> values) const;
  /// Mean of the last third (one position at least) less that of the first.
  double recency(std::span<const double> values) const;

 private:
  std::vector<double> line_, bow_;  // their products with the values are the coefficients
};

/// The Moore-Penrose inverse of the information matrix of positions (symmetric, rows sum to 0);
/// empty where its rank is below size - 1, so that not all positions can be compared.
std::vector<double> pseudo_inverse(std::span<const double> information, std::size_t size);

}  // namespace vernier

#include "results/statistics/position/contrasts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vernier {
namespace {

double product(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void scale(std::vector<double>& contrast) {
  const double norm = product(contrast, contrast);
  for (double& value : contrast) value = norm > 0 ? value / norm : 0;
}

}  // namespace

Contrasts::Contrasts(std::size_t positions) : line_(positions), bow_(positions) {
  const double n = static_cast<double>(positions);
  for (std::size_t k = 0; k < positions; ++k) {
    const double x = static_cast<double>(k) - (n - 1) / 2;
    line_[k] = x;
    bow_[k] = x * x - (n * n - 1) / 12;  // orthogonal to 1 and x
  }
  scale(line_);
  if (positions < 3) {
    std::ranges::fill(bow_, 0.0);
  } else {
    scale(bow_);
  }
}

double Contrasts::slope(std::span<const double> values) const { return product(line_, values); }
double Contrasts::curvature(std::span<const double> values) const { return product(bow_, values); }

double Contrasts::recency(std::span<const double> values) const {
  const std::size_t third = std::max<std::size_t>(1, values.size() / 3);
  return mean(values.last(third)) - mean(values.first(third));
}

// With J the matrix of ones, (L + J/n) is regular when L has rank n - 1, and its inverse less J/n
// is the pseudo-inverse of L.
std::vector<double> pseudo_inverse(std::span<const double> information, std::size_t size) {
  const std::size_t width = 2 * size;
  const double n = static_cast<double>(size);
  std::vector<double> rows(size * width);
  double largest = 0;
  for (std::size_t k = 0; k < size; ++k) {
    for (std::size_t l = 0; l < size; ++l) {
      rows[k * width + l] = information[k * size + l] + 1 / n;
      largest = std::max(largest, std::abs(information[k * size + l]));
    }
    rows[k * width + size + k] = 1;
  }
  for (std::size_t column = 0; column < size; ++column) {  // Gauss-Jordan with pivots
    std::size_t pivot = column;
    for (std::size_t k = column; k < size; ++k) {
      if (std::abs(rows[k * width + column]) > std::abs(rows[pivot * width + column])) pivot = k;
    }
    const double head = rows[pivot * width + column];
    if (std::abs(head) <= 1e-9 * std::max(largest, 1 / n)) return {};
    for (std::size_t l = 0; l < width; ++l) {
      std::swap(rows[pivot * width + l], rows[column * width + l]);
      rows[column * width + l] /= head;
    }
    for (std::size_t k = 0; k < size; ++k) {
      const double factor = rows[k * width + column];
      if (k == column || factor == 0) continue;
      for (std::size_t l = 0; l < width; ++l) {
        rows[k * width + l] -= factor * rows[column * width + l];
      }
    }
  }
  std::vector<double> inverse(size * size);
  for (std::size_t k = 0; k < size; ++k) {
    for (std::size_t l = 0; l < size; ++l) {
      inverse[k * size + l] = rows[k * width + size + l] - 1 / n;
    }
  }
  return inverse;
}

}  // namespace vernier

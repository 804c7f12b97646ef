#include "judges/visce/rating/number_chances.h"

#include <algorithm>
#include <cmath>

namespace vernier::visce {

double NumberChances::mass() const {
  double sum = 0;
  for (const double one : p) sum += one;
  return sum;
}

std::optional<Rating> rate(const NumberChances& chances) {
  Rating rating;
  rating.mass = chances.mass();
  if (!(rating.mass > 0)) return std::nullopt;
  double mean = 0, most = -1;
  for (std::size_t i = 0; i < chances.p.size(); ++i) {
    const double q = chances.p[i] / rating.mass;
    const int n = chances.scale.low + static_cast<int>(i);
    mean += q * n;
    if (chances.p[i] > most) {
      most = chances.p[i];
      rating.raw = n;
    }
    if (q > 0) rating.entropy_bits -= q * std::log2(q);
  }
  double variance = 0;
  for (std::size_t i = 0; i < chances.p.size(); ++i) {
    const double off = chances.scale.low + static_cast<double>(i) - mean;
    variance += chances.p[i] / rating.mass * off * off;
  }
  rating.score = mean;
  rating.spread = std::sqrt(variance);
  rating.entropy_bits = std::max(rating.entropy_bits, 0.0);
  return rating;
}

std::vector<double> binned(const NumberChances& chances, std::size_t bins) {
  std::vector<double> out(bins);
  const double mass = chances.mass();
  for (std::size_t i = 0; i < chances.p.size(); ++i) {
    // The highest number belongs to the last bin.
    const std::size_t bin = std::min(i * bins / (chances.p.size() - 1), bins - 1);
    out[bin] += mass > 0 ? chances.p[i] / mass : 0;
  }
  return out;
}

double on_hundred(double score, Scale scale) {
  return 100.0 * (score - scale.low) / (scale.high - scale.low);
}

}  // namespace vernier::visce

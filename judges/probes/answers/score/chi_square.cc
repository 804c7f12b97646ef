#include "judges/probes/answers/score/chi_square.h"

#include <cmath>
#include <limits>

namespace vernier::probes {
namespace {

constexpr double kTiny = 1e-300, kNear = 1e-15;

/// P(a, x), for x < a + 1.
double lower_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < 10'000 && term > kNear * sum; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * std::exp(a * std::log(x) - x - std::lgamma(a));
}

/// Q(a, x), for x >= a + 1, by Lentz's method.
double upper_fraction(double a, double x) {
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, h = d;
  for (int n = 1; n < 10'000; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    h *= d * c;
    if (std::abs(d * c - 1) < kNear) break;
  }
  return h * std::exp(a * std::log(x) - x - std::lgamma(a));
}

}  // namespace

double chi_square_tail(double x, std::size_t degrees) {
  if (degrees == 0 || !(x >= 0)) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0) return 1;
  const double a = static_cast<double>(degrees) / 2, half = x / 2;
  return half < a + 1 ? 1 - lower_series(a, half) : upper_fraction(a, half);
}

}  // namespace vernier::probes

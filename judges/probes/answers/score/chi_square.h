// The chi-square distribution.
#pragma once

#include <cstddef>

namespace vernier::probes {

/// Probability of a value above `x` with `degrees` degrees of freedom; NaN for none. By the series
/// and the continued fraction of the incomplete gamma function (Abramowitz and Stegun 6.5.29,
/// 6.5.31), to about 1e-12.
double chi_square_tail(double x, std::size_t degrees);

}  // namespace vernier::probes

// The standard normal distribution.
#pragma once

namespace vernier {

double normal_cdf(double x);

/// The x with normal_cdf(x) = p; infinite at 0 and 1, NaN outside. To 1e-15 relative (Wichura 1988,
/// algorithm AS 241).
double normal_quantile(double p);

}  // namespace vernier

// Student's t distribution.
#pragma once

namespace vernier {

/// The probability that |T| is at least |t|, T with `freedom` > 0 degrees of freedom; NaN for NaN.
double student_p(double t, double freedom);

}  // namespace vernier

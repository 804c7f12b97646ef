// Whether two metrics of the same items agree differently with people (Williams 1959, "The
// comparison of regression variables"; the form of Steiger 1980).
#pragma once

#include <cstdint>

namespace vernier {

struct WilliamsTest {
  double t, p;  ///< two-sided, n - 3 degrees of freedom; NaN where undefined
};

/// `ax`, `bx`: Pearson's r of metrics a and b with the ratings; `ab`: of a with b; over `n` items,
/// taken as independent. NaN below four items or where a correlation is.
WilliamsTest williams(double ax, double bx, double ab, std::uint64_t n);

}  // namespace vernier

#include "results/statistics/agreement/williams.h"

#include <cmath>
#include <limits>

#include "results/statistics/student.h"

namespace vernier {

WilliamsTest williams(double ax, double bx, double ab, std::uint64_t n) {
  constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  if (n < 4 || std::isnan(ax + bx + ab)) return {kUndefined, kUndefined};
  if (ax == bx) return {0, 1};
  const double items = static_cast<double>(n), mean = (ax + bx) / 2;
  const double determinant = 1 - ax * ax - bx * bx - ab * ab + 2 * ax * bx * ab;
  const double scale =
      2 * determinant * (items - 1) / (items - 3) + mean * mean * (1 - ab) * (1 - ab) * (1 - ab);
  if (!(scale > 0)) return {kUndefined, kUndefined};
  const double t = (ax - bx) * std::sqrt((items - 1) * (1 + ab) / scale);
  return {t, student_p(t, items - 3)};
}

}  // namespace vernier

// What is gained against what is lost: several candidates, and which of them none beats in both.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

struct ParetoPoint {
  double x, y;        ///< not finite: not drawn
  std::string label;  ///< plain text, short
  std::string kind;   ///< the gate's verdict: "pass", "regression", "inconclusive", "error"
  std::string note;   ///< plain text, shown when pointed at
};

struct ParetoAxis {
  std::string name;
  bool more_is_better = false;
  double baseline = std::numeric_limits<double>::quiet_NaN();  ///< drawn as a line
  std::string baseline_name = {};
};

/// Numbers of the points that no other one beats, by x: none is as good in both and better in one.
/// Less is better in y.
std::vector<std::size_t> pareto_front(std::span<const ParetoPoint> points, bool more_x_is_better);

/// y is logarithmic where its values lie far apart. Empty where no point can be drawn.
std::string pareto_svg(std::string_view title, const ParetoAxis& x, std::string_view y_name,
                       std::span<const ParetoPoint> points);

}  // namespace vernier::report

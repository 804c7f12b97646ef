#include "results/report/charts/cells/bar.h"

#include <fmt/format.h>

#include <algorithm>

namespace vernier::report {

std::string bar_svg(double share, std::size_t run) {
  return fmt::format(
      "<svg class=\"bar run-{}\" viewBox=\"0 0 90 10\" aria-hidden=\"true\"><rect width=\"{:.1f}\" "
      "height=\"10\"/></svg>",
      run % 6, 90 * std::clamp(share, 0.0, 1.0));
}

}  // namespace vernier::report

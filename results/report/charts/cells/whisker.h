// A difference and its interval beside zero, as a small SVG for a table's cell.
#pragma once

#include <string>

#include "results/statistics/intervals/interval.h"

namespace vernier::report {

/// `detectable`: marked on both sides of zero. `sense`: a class for the colour. Empty where there
/// is no interval.
std::string whisker_svg(double difference, const Interval& interval, double detectable,
                        std::string_view sense);

}  // namespace vernier::report

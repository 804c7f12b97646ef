// Bars that lie below one another, from 0.
#pragma once

#include <span>
#include <string>

namespace vernier::report {

struct UnitBar {
  double value;     ///< not drawn unless above 0
  std::size_t run;  ///< the class run-N gives the colour
};

/// `most` is as long as there is room.
std::string unit_bars_svg(std::span<const UnitBar> bars, double most);

}  // namespace vernier::report

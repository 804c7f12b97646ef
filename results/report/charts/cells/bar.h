// A share as a bar, as a small SVG for a table's cell.
#pragma once

#include <string>

namespace vernier::report {

/// `share`: 0 to 1 of the cell's width; the class run-N gives the colour. It says nothing that the
/// numbers beside it do not.
std::string bar_svg(double share, std::size_t run);

}  // namespace vernier::report

// How the sentence scores of runs are distributed, as SVG.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

/// One list of values a run; NaN is left out. The first run is drawn as bars, further ones as lines
/// over them; classes run-0, run-1, ... give the colours. `title` is plain text.
std::string histogram_svg(std::string_view title, std::span<const std::vector<double>> runs);

}  // namespace vernier::report

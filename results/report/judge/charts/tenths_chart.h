// Shares by tenth of a scale from 0 to 100, as SVG.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace vernier::report {

/// `bars` of the run's colour, and another distribution as a `line` over them where there is one.
/// Texts are plain.
std::string tenths_chart(std::string_view title, const std::array<double, 10>& bars,
                         const std::array<double, 10>* line, std::size_t run);

}  // namespace vernier::report

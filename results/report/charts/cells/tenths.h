// Probabilities of the tenths of a scale, as a small SVG beside a number.
#pragma once

#include <span>
#include <string>

namespace vernier::report {

/// `probabilities`: ten, each 0 to 1. The label says those that are at least 1 %; the class run-N
/// gives the colour.
std::string tenths_svg(std::span<const double> probabilities, std::size_t run);

}  // namespace vernier::report

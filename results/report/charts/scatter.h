// Sentence scores of one run against those of another, as SVG.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vernier::report {

/// Both lists have the same size; pairs with a NaN are left out. Points that fall together make one
/// square, the darker the more there are, so the size of the drawing does not grow with the number
/// of samples. Texts are plain.
std::string scatter_svg(std::string_view title, std::string_view x_name, std::string_view y_name,
                        std::span<const double> x, std::span<const double> y);

}  // namespace vernier::report

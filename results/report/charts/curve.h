// Values along an ordered axis with their intervals, of one run or several, as SVG.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

struct CurvePoint {
  std::string label;  ///< on the axis: points of several series with one label stand together
  double value = 0;   ///< NaN: no point, and the line is broken
  double low = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no interval
  double high = std::numeric_limits<double>::quiet_NaN();
  std::string note = {};  ///< shown with the value when pointed at
};

using CurveSeries = std::vector<CurvePoint>;

/// A value that points are held against, as a line across.
struct CurveReference {
  double value;
  std::string name;  ///< plain text
};

/// One series a run; classes run-0, run-1, ... give the colours, shapes tell them apart as well.
/// Labels are spaced equally, in the order of the first series; further ones follow. A series may
/// be empty. Texts are plain. Empty where no series has a value.
std::string curve_svg(std::string_view title, std::string_view x_name,
                      std::span<const CurveSeries> series,
                      const std::optional<CurveReference>& reference = std::nullopt);

}  // namespace vernier::report

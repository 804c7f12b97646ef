// Mean truth over mean score: how far scores can be taken at their word, as SVG.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

struct ReliabilityPoint {
  double score, truth;  ///< from 0 to 100; NaN: not drawn
  double low, high;     ///< of the truth; NaN: no interval
  std::uint64_t captions;
  std::string note;  ///< plain text, shown when pointed at
};

struct ReliabilityLine {
  std::vector<ReliabilityPoint> points;
  bool hollow = false;  ///< squares and a broken line: scores after a map
};

/// Discs grow with the number of captions. The class run-N gives the colour. `title` is plain.
/// Empty where there is nothing to draw.
std::string reliability_svg(std::string_view title, std::span<const ReliabilityLine> lines,
                            std::size_t run);

}  // namespace vernier::report

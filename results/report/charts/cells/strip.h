// Values with intervals on one line, as a small SVG beside their numbers.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::report {

enum class MarkShape : std::uint8_t {
  kDot,
  kSquare,
  kDiamond,
  kBar,
  kArrow  ///< to the right: the value lies beyond the scale
};

struct StripMark {
  MarkShape shape = MarkShape::kDot;
  double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not drawn
  double low = std::numeric_limits<double>::quiet_NaN();    ///< NaN: no interval
  double high = std::numeric_limits<double>::quiet_NaN();
  std::string note = {};  ///< plain text, shown when pointed at
};

/// The line's range, and what is drawn below the marks.
struct StripScale {
  double low = 0, high = 1;
  std::vector<double> lines;  ///< thin lines across
  struct Region {
    double low, high;  ///< infinite: as far as the scale goes
  };
  std::optional<Region> allowed;  ///< shaded, with its finite ends as edges
};

/// A scale that shows all of these values and some room beside them; `least` and `most` are limits
/// of what is allowed, absent: none. Where all lie from 0 to `bound`, so does the scale.
StripScale strip_scale(std::span<const double> values, std::optional<double> least,
                       std::optional<double> most, std::optional<double> bound);

/// From 0 to 100 with a line at every quarter.
StripScale percent_scale();

/// `tone`: classes for the colour, such as "run-1" or "flagged".
std::string strip_svg(const StripScale& scale, std::span<const StripMark> marks,
                      std::string_view tone);
/// The numbers of the scale's lines, to stand above strips.
std::string strip_axis_svg(const StripScale& scale);
/// Words at places of the scale, to stand above strips; plain text. Where two would lie over each
/// other the first one stays.
struct StripWord {
  double value;
  std::string text;
};
std::string strip_words_svg(const StripScale& scale, std::span<const StripWord> words);

/// A line of a list: `what` is HTML, `chart` an SVG, `value` HTML.
std::string strip_line(std::string_view what, std::string_view chart, std::string_view value);
/// The same with words where nothing was measured; plain text.
std::string strip_line_without(std::string_view what, std::string_view why);

}  // namespace vernier::report

// Scales on which every step is ten times the one before.
#pragma once

#include <span>
#include <vector>

#include "results/report/charts/cells/strip.h"

namespace vernier::report {

/// Whole powers of ten around the positive ones of some values.
struct Decades {
  int low = -1, high = 0;

  /// The exponent of a value on this scale; what is not above 0 lies at the low end.
  double exponent(double value) const;
  /// Powers to be marked, at most `most`.
  std::vector<int> ticks(std::size_t most) const;
};

/// From 10^-9 to 10^9 at most.
Decades decades_of(std::span<const double> values);

/// A strip over such a scale, with a line at each tick; values are given as exponents.
StripScale strip_scale(const Decades& decades);
/// The ticks' numbers, to stand above strips.
std::string strip_words_svg(const Decades& decades);

}  // namespace vernier::report

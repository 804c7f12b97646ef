// The scale of a chart's axis.
#pragma once

#include <string>
#include <vector>

namespace vernier::report {

/// A range of values and round numbers inside it.
struct Axis {
  double low, high;
  std::vector<double> ticks;

  /// Where a value lies: 0 at `low`, 1 at `high`.
  double at(double value) const { return (value - low) / (high - low); }
};

/// An axis for values from `low` to `high`; begins at 0 where that costs little. At most `most`
/// steps between ticks.
Axis axis_for(double low, double high, int most);

/// A tick's label, with as few decimals as the steps need.
std::string tick_text(const Axis& axis, double tick);

}  // namespace vernier::report

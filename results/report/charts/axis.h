// The scale of a chart's axis.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace vernier::report {

/// A range of values and round numbers inside it.
struct Axis {
  double low, high;
  std::vector<double> ticks;

  /// Where a value lies: 0 at `low` and below, 1 at `high` and above. Runs may hold any numbers:
  /// the halves keep the largest ones from becoming infinite.
  double at(double value) const {
    const double share = (value / 2 - low / 2) / (high / 2 - low / 2);
    return share > 0 ? std::min(share, 1.0) : 0.0;
  }
};

/// An axis for values from `low` to `high`; begins at 0 where that costs little. At most `most`
/// steps between ticks.
Axis axis_for(double low, double high, int most);

/// A tick's label, with as few decimals as the steps need.
std::string tick_text(const Axis& axis, double tick);

}  // namespace vernier::report

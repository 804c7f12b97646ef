// How many of how many.
#pragma once

#include <cstdint>
#include <limits>

namespace vernier::probes {

struct Share {
  std::uint64_t part = 0, whole = 0;

  void add(bool counts) {
    part += counts;
    ++whole;
  }
  /// NaN of nothing.
  double ratio() const {
    return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                      : static_cast<double>(part) / static_cast<double>(whole);
  }
  double percent() const { return 100 * ratio(); }
};

}  // namespace vernier::probes

// Numbers as tables show them.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace vernier {

/// Six decimals; "-" for what is undefined.
inline std::string number_text(double value) {
  return std::isfinite(value) ? fmt::format("{:.6f}", value) : "-";
}

}  // namespace vernier

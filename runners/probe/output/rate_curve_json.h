// Curves of rates as JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/statistics/rate_curve.h"

namespace vernier {

/// Appends "NAME":[{"from","to","cases","hallucinated","rate","low","high"}, ...].
void append_rate_curve(std::string& out, std::string_view name, std::span<const RatePoint> curve);

}  // namespace vernier

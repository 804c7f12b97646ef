// By how much each input channel of some weights is stretched before they are rounded: AWQ's search
// (Lin et al. 2023, arXiv 2306.00978).
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "judges/engine/backend/tensor.h"
#include "judges/engine/quantisation/awq/layer/decoder_layer.h"

namespace vernier::engine {

struct ChannelScales {
  std::vector<float> scales;
  double ratio = 0;         ///< the exponent of the activity that was best
  bool by_weights = false;  ///< divided by the weights' sizes, too
  double rounded = 0;       ///< mean squared error without any scales: rounding to the nearest
  double error = 0;         ///< with these
};

/// Tries scales activity^r, r = 0, 0.05 ... 0.95, and activity^r / (sizes^(1 - r) + 1e-4)
/// (AutoAWQ's second form), divided by sqrt(largest * smallest), and keeps the one of least
/// error(scales). r = 0 of the first form is no scales at all, so no result is worse than that.
ChannelScales search_scales(std::span<const float> activity, std::span<const float> sizes,
                            const std::function<double(std::span<const float>)>& error);

/// Mean |x| of each column.
std::vector<float> activity_of(Rows x, unsigned threads);
/// Mean of |w| / (largest |w| of its group) of each column, over all rows of all.
std::vector<float> sizes_of(std::span<const Linear* const> linears, std::size_t group);
/// Mean of (a - b)^2; the same for any number of threads.
double mean_squared_error(Rows a, Rows b, unsigned threads);

}  // namespace vernier::engine

// The scores of one run in slices of its samples.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "results/slice/slices.h"

namespace vernier {

struct ScoreSlices {
  Slices slices;
  std::vector<std::vector<double>> scores;  ///< by group, in the order of header().score_names()
};

/// By each of these keys. Throws Error(kUsage) as slices_by() does.
std::vector<ScoreSlices> score_slices(const Run& run, std::span<const std::string> keys);

}  // namespace vernier

// Which sample of a run is meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/run/run_file.h"

namespace vernier {

/// The number of the sample with this id. Throws Error(kUsage) that names ids like it.
std::size_t find_sample(const Run& run, std::string_view id);

enum class Order { kWorstFirst, kBestFirst };

/// Samples in the order of a score, numbered as in the run.
struct RankedSamples {
  std::string score;
  std::vector<std::size_t> samples;  ///< equal ones in the order of the run, undefined ones last
};

/// Throws Error(kUsage) for a score that the run has not. An empty name is the run's usual
/// score.
RankedSamples rank_samples(const Run& run, std::string_view score, Order order);

/// How many samples have a worse score than this one, numbered as in Run::scores().
std::size_t worse_samples(const Run& run, std::size_t score, std::size_t sample);

}  // namespace vernier

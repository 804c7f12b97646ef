// What `vernier compare` prints.
#pragma once

#include <string>
#include <vector>

#include "results/compare/comparison.h"
#include "results/compare/moved_samples.h"

namespace vernier {

/// A run compared with the first one.
struct ComparedRun {
  const PairedRuns* runs;
  Comparison comparison;
  std::size_t moved_by;  ///< the score that `moved` is about
  MovedSamples moved;
};

std::string compare_table(const std::vector<ComparedRun>& compared);
std::string compare_json(const std::vector<ComparedRun>& compared);
std::string compare_markdown(const std::vector<ComparedRun>& compared);

}  // namespace vernier

// One run compared with another: all that compare and precision show of it.
#pragma once

#include <string>
#include <vector>

#include "results/compare/comparison.h"
#include "results/compare/moved_samples.h"
#include "results/slice/part_comparison.h"
#include "results/slice/slices.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

struct CompareSettings {
  PairingOptions pairing;
  ComparisonOptions comparison;
  std::string moved_by;         ///< score by which samples moved; empty: usual_score()
  int threads = 0;              ///< 0: one a core
  std::size_t show = 5;         ///< samples a direction
  std::vector<std::string> by;  ///< "meta.KEY": slices
};

/// The differences in the slices of one key.
struct ComparedSlices {
  Slices slices;
  std::vector<std::vector<PartDifference>> differences;  ///< by group, by score
};

struct ComparedRun {
  const PairedRuns* runs;
  Comparison comparison;
  std::size_t moved_by;  ///< the score that `moved` is about
  MovedSamples moved;
  std::vector<ComparedSlices> by;
};

/// Adds -m, --show, --moved-by, --by, -t and the flags of intervals.
void add_compare_settings(CLI::App& command, CompareSettings& settings);

/// `runs` must outlive the result. Throws Error(kUsage) for scores and slices that are not there.
ComparedRun compared_run(const PairedRuns& runs, const CompareSettings& settings);

}  // namespace vernier

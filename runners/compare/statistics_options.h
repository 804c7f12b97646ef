// The flags of every command that makes intervals.
#pragma once

#include <string>

#include "results/compare/comparison.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

/// Adds --cluster-separator, --resamples, --seed, --alpha, --power and --interval.
void add_statistics_options(CLI::App& command, ComparisonOptions& options,
                            std::string& cluster_separator);

}  // namespace vernier

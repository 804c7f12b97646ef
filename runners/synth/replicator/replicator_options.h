// The extension's parameters on the command line and in its YAML.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/replicator/config/graph_flags.h"
#include "runners/commands/commands.h"
#include "runners/synth/replicator/replicator_plan.h"

namespace vernier {

/// What the command line says.
struct ReplicatorFlags {
  std::array<std::optional<bool>, replicator::kGraphFlags.size()> flags;
  std::optional<double> pruning_ratio;
  std::optional<std::uint64_t> max_object_capacity;
  std::string config;  ///< path; empty: none
  GraphLayout layout = GraphLayout::kFrames;
};
void add_replicator_flags(CLI::App& command, ReplicatorFlags& flags);

/// The defaults, changed by the file, changed by the command line. Parameters of the file that mean
/// nothing here are named in a remark. Throws Error(kUsage).
ReplicatorPlan replicator_plan(const ReplicatorFlags& flags, const GlobalOptions& global);

}  // namespace vernier

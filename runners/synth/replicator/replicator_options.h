// The extension's parameters on the command line and in its YAML.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "runners/commands/commands.h"
#include "runners/synth/replicator/replicator_plan.h"

namespace vernier {

struct GraphFlag {
  const char* name;
  bool replicator::GraphOptions::*value;
  const char* what;
};
/// The parameters that are true or false.
inline constexpr std::array<GraphFlag, 7> kGraphFlags = {
    {{"save_full_scene_graph", &replicator::GraphOptions::save_full_scene_graph,
      "Graphs with all edges (on)"},
     {"save_pruned_scene_graph", &replicator::GraphOptions::save_pruned_scene_graph,
      "Graphs with the edges of a spanning tree (on)"},
     {"attach_label_to_usd", &replicator::GraphOptions::attach_label_to_usd,
      "Objects without label get the last part of their path"},
     {"use_ai_label", &replicator::GraphOptions::use_ai_label, "AI labels before objects' own"},
     {"global_caption", &replicator::GraphOptions::global_caption, "Captions of a paragraph"},
     {"qa_caption", &replicator::GraphOptions::qa_caption, "Questions with answers"},
     {"brief_caption", &replicator::GraphOptions::brief_caption, "Captions of a sentence"}}};

/// What the command line says.
struct ReplicatorFlags {
  std::array<std::optional<bool>, kGraphFlags.size()> flags;
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

// One view's files.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "datasets/scenes/replicator/text/captions.h"
#include "runners/synth/replicator/replicator_plan.h"

namespace vernier {

struct ReplicatorCounts {
  std::uint64_t graphs = 0;
  std::uint64_t without_objects = 0;  ///< of these: only captions are written, null
  std::uint64_t not_full = 0;         ///< of these: the input was open or pruned
  std::uint64_t objects = 0, objects_left_out = 0;
  std::uint64_t full_edges = 0, pruned_edges = 0;
  std::uint64_t nulls_of_input = 0;  ///< captions that are null in what was read
  /// By caption (global, questions, brief) and CaptionState.
  std::array<std::array<std::uint64_t, replicator::kCaptionStates>, 3> captions{};

  void add(const ReplicatorCounts& other);
};

/// {"graphs", ..., "captions": {"global_caption": {"written", "null": {REASON: n}}, ...}}
std::string replicator_counts_json(const ReplicatorCounts& counts);
/// What there is of what, for a table; nothing that is 0.
std::vector<std::pair<std::string, std::uint64_t>> replicator_count_rows(
    const ReplicatorCounts& counts);

/// Paths below the set's folder and bytes.
using GraphFiles = std::vector<std::pair<std::string, std::string>>;

/// Adds the files of a view. `folder` is what it is called with GraphLayout::kCameras, `number` the
/// frame with kFrames.
void add_graph_files(const ReplicatorPlan& plan, replicator::Graph graph, std::uint64_t number,
                     const std::string& folder, GraphFiles& files, ReplicatorCounts& counts);

/// Writes them, each whole or not at all.
void write_graph_files(const ReplicatorPlan& plan, const std::string& root,
                       const GraphFiles& files);

/// The folders that files of frames need.
std::vector<std::string> graph_folders(const ReplicatorPlan& plan);

}  // namespace vernier

// What graphs are to be written, and where.
#pragma once

#include "datasets/scenes/replicator/graph.h"

namespace vernier {

enum class GraphLayout : unsigned char {
  kFrames,   ///< caption_full_json/scene_graph_full_7.json, ..., as the simulators' writers do
  kCameras,  ///< ID/Camera/Captions/full_scene_graph.json, ..., as the extension itself does
};

struct ReplicatorPlan {
  replicator::GraphOptions graphs;
  GraphLayout layout = GraphLayout::kFrames;
};

}  // namespace vernier

// The scene graph of a drawn scene.
#pragma once

#include "datasets/scenes/replicator/graph.h"
#include "datasets/scenes/world/drawn_scene.h"

namespace vernier::replicator {

/// All that holds, in pixels of a picture with this side, to a hundredth.
Graph graph_of(const scenes::DrawnScene& scene, unsigned side);

}  // namespace vernier::replicator

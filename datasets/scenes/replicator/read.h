// Reads scene graphs with their boxes, levels and distances.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/scenes/replicator/graph.h"

namespace vernier::replicator {

struct GraphFileContent {
  std::string name;  ///< printable path
  std::vector<Graph> graphs;
};

/// Whatever read_scenes() reads, and what such files say of where things are (scene_keys.h): boxes
/// as [x, y, width, height] or by corners, centres or positions, levels, what carries what.
/// Images without objects are there with their null captions. Throws Error(kUsage) for a path that
/// cannot be opened and Error(kBadInput), FILE:LINE:, for what read_scenes() refuses, boxes and
/// centres that are none, carriers that are not in the graph or go round in circles.
GraphFileContent read_graphs(const std::string& path);

/// The same of bytes that were read already.
GraphFileContent parse_graphs(std::string_view bytes, const std::string& name);

/// Of two graphs of a view the fuller one, the nulls of both.
void merge(Graph& graph, Graph&& other);

}  // namespace vernier::replicator

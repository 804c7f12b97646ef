#include "datasets/scenes/replicator/graph.h"

#include <cmath>
#include <string_view>

#include "datasets/scenes/scene_builder.h"

namespace vernier::replicator {

double distance(const Point& a, const Point& b) {
  const double z = a.z && b.z ? *a.z - *b.z : 0;
  return std::hypot(a.x - b.x, a.y - b.y, z);
}

void choose_labels(Graph& graph, const GraphOptions& options) {
  for (GraphNode& node : graph.nodes) {
    if (options.use_ai_label && !node.ai_label.empty()) node.label = node.ai_label;
    const std::string path_label(last_path_part(node.prim_path));
    if (node.label.empty() && options.attach_label_to_usd) node.label = path_label;
    for (const std::string_view label : {std::string_view(node.label), std::string_view(path_label),
                                         std::string_view(node.ai_label)}) {
      std::string name = scene_name(label);
      if (name.empty()) continue;
      node.name = std::move(name);
      break;
    }
  }
}

}  // namespace vernier::replicator

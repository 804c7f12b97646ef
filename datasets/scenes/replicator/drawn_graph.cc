#include "datasets/scenes/replicator/drawn_graph.h"

#include <fmt/format.h>

#include <cmath>

#include "metrics/text/unicode/unicode.h"

namespace vernier::replicator {
namespace {

double rounded(double pixels) { return std::round(pixels * 100) / 100; }

GraphNode node_of(const scenes::DrawnObject& object, std::size_t number, double side) {
  GraphNode node;
  node.id = std::to_string(number);
  node.label = node.name = word(object.shape);
  node.prim_path = fmt::format("/World/{}_{}", node.label, number);
  node.attributes.emplace_back(word(object.color));
  if (!object.is_sign()) {
    node.attributes.emplace_back(word(object.size));
    node.attributes.emplace_back(word(object.pattern));
  } else {
    node.attributes.push_back(fmt::format("says \"{}\"", text::to_lower(object.text)));
  }
  const scenes::Box box = object.box();
  node.box = PixelBox{rounded(box.left * side), rounded(box.top * side),
                      rounded(box.width() * side), rounded(box.height() * side)};
  node.centre = Point{rounded(object.x * side), rounded(object.y * side), std::nullopt};
  node.level = object.level;
  if (object.on) node.on = static_cast<std::uint32_t>(*object.on);
  return node;
}

}  // namespace

Graph graph_of(const scenes::DrawnScene& scene, unsigned side) {
  Graph graph;
  graph.id = scene.id;
  graph.kind = GraphKind::kFull;
  graph.width = graph.height = side;
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    graph.nodes.push_back(node_of(scene.objects[i], i, side));
  }
  for (const scenes::DrawnRelation& relation : scene.relations) {
    GraphEdge edge;
    edge.subject = static_cast<std::uint32_t>(relation.subject);
    edge.predicate = word(relation.predicate);
    edge.object = static_cast<std::uint32_t>(relation.object);
    edge.distance =
        rounded(distance(*graph.nodes[edge.subject].centre, *graph.nodes[edge.object].centre));
    edge.margin = rounded(relation.margin * side);
    graph.edges.push_back(std::move(edge));
  }
  return graph;
}

}  // namespace vernier::replicator

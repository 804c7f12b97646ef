// Scene graphs as Isaac Sim's captioning extension (isaacsim.replicator.caption.core) makes them: a
// view's objects with boxes and levels of support, and how they stand to one another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/scene.h"

namespace vernier::replicator {

/// Pixels.
struct PixelBox {
  double left = 0, top = 0, width = 0, height = 0;
  double area() const { return width * height; }
};

struct Point {
  double x = 0, y = 0;
  std::optional<double> z;  ///< of positions in the world
};
double distance(const Point& a, const Point& b);

struct GraphNode {
  std::string id;  ///< as the file has it; the number of the node where it has none
  std::string label, ai_label, prim_path;  ///< as written; empty: none
  std::string name;                        ///< what captions call it: lower case, never empty
  std::vector<std::string> attributes;
  std::optional<PixelBox> box;
  std::optional<Point> centre;         ///< of the box where the file has no other
  std::optional<std::uint32_t> level;  ///< of support: 0 stands on the floor
  std::optional<std::uint32_t> on;     ///< the node that carries it
};

struct GraphEdge {
  std::uint32_t subject = 0;
  std::string predicate;
  std::uint32_t object = 0;
  std::optional<double> distance;  ///< of the centres, in their unit
  std::optional<double> margin;    ///< along the axis that the predicate is about
};

struct Graph {
  std::string id;
  std::uint64_t line = 0;
  GraphKind kind = GraphKind::kOpen;
  std::optional<double> width, height;  ///< of the picture
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  std::uint32_t null_texts = 0;  ///< captions of the input that are null
};

/// The extension's parameters, with its names and defaults.
struct GraphOptions {
  bool save_full_scene_graph = true;
  bool save_pruned_scene_graph = true;
  double pruning_ratio = 1;  ///< share of the spanning tree that is kept, 0 to 1
  std::uint64_t max_object_capacity = 100;
  bool attach_label_to_usd = false;  ///< nodes without label get the last part of their path
  bool use_ai_label = false;         ///< AI labels come before the nodes' own
  bool global_caption = false, qa_caption = false, brief_caption = false;

  bool captions() const { return global_caption || qa_caption || brief_caption; }
};

/// Decides what nodes are called: the AI label where that is wanted and there, else the own label,
/// else the last part of the path, else whatever label there is. Labels are changed so, but for
/// nodes without label, which get one with attach_label_to_usd only: names fall back anyway.
void choose_labels(Graph& graph, const GraphOptions& options);

}  // namespace vernier::replicator

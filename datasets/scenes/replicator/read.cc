#include "datasets/scenes/replicator/read.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <span>

#include "base/io/byte_source.h"
#include "base/printable.h"
#include "datasets/scenes/scene_builder.h"
#include "datasets/scenes/scene_folder.h"
#include "datasets/scenes/scene_keys.h"

namespace vernier::replicator {
namespace {

namespace fs = std::filesystem;
using View = std::string_view;

class GraphReader {
 public:
  GraphReader(const ObjectRecord& record, GraphKind kind)
      : record_(record), builder_(record), scene_(builder_.build(kind)) {}

  Graph read() {
    Graph graph;
    graph.id = scene_.id;
    graph.line = scene_.line;
    graph.kind = scene_.kind;
    graph.null_texts = scene_.null_texts;
    graph.width = number_at(record_.value(), scene_keys::kWidth, "the width of the image");
    graph.height = number_at(record_.value(), scene_keys::kHeight, "the height of the image");
    for (std::size_t i = 0; i < scene_.objects.size(); ++i) graph.nodes.push_back(node(i));
    refuse_circles(graph);
    for (std::size_t i = 0; i < scene_.relations.size(); ++i) graph.edges.push_back(edge(i));
    if (graph.nodes.empty() && scene_.texts.empty() && graph.null_texts == 0) {
      record_.refuse("expected objects, relations or texts of an image, found none");
    }
    return graph;
  }

 private:
  double number(const Value& value, View what) const {
    double number = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, number);
    if (!value.is_number() || error != std::errc() || stop != end || !std::isfinite(number)) {
      record_.refuse(
          fmt::format("expected a finite number as {}, found {}", what,
                      value.is_number() ? printable(value.text, 40) : json::describe(value.type)));
    }
    return number;
  }

  std::optional<double> number_at(const Value& object, std::span<const View> keys,
                                  View what) const {
    const Value* const value = find_first(object, keys);
    if (value == nullptr) return std::nullopt;
    return number(*value, what);
  }

  std::vector<double> numbers(const Value& list, std::size_t least, std::size_t most,
                              View what) const {
    if (!list.is_array() || list.items.size() < least || list.items.size() > most) {
      record_.refuse(fmt::format("expected {}, found {}", what,
                                 list.is_array() ? fmt::format("{} numbers", list.items.size())
                                                 : json::describe(list.type)));
    }
    std::vector<double> out;
    for (const Value& item : list.items) out.push_back(number(item, "a length"));
    return out;
  }

  PixelBox checked(PixelBox box) const {
    if (box.width < 0 || box.height < 0 || !std::isfinite(box.area())) {
      record_.refuse(
          fmt::format("expected a box with a width and a height of 0 or more, found {} "
                      "and {}",
                      box.width, box.height));
    }
    return box;
  }

  /// {"x", "y", "w", "h"} or {"x0", "y0", "x1", "y1"}; none where `object` has no such members.
  std::optional<PixelBox> box_of_members(const Value& object) const {
    const auto at = [&](std::span<const View> keys) { return number_at(object, keys, "a length"); };
    const auto has = [&](std::span<const View> keys) {
      return find_first(object, keys) != nullptr;
    };
    if (!has(scene_keys::kLeft) || !has(scene_keys::kTop)) return std::nullopt;
    if (has(scene_keys::kBoxWidth) && has(scene_keys::kBoxHeight)) {
      return checked({*at(scene_keys::kLeft), *at(scene_keys::kTop), *at(scene_keys::kBoxWidth),
                      *at(scene_keys::kBoxHeight)});
    }
    if (!has(scene_keys::kRight) || !has(scene_keys::kBottom)) return std::nullopt;
    const double left = *at(scene_keys::kLeft), top = *at(scene_keys::kTop);
    return checked({left, top, *at(scene_keys::kRight) - left, *at(scene_keys::kBottom) - top});
  }

  std::optional<PixelBox> box(const Value& object) const {
    if (const Value* const corners = find_first(object, scene_keys::kCorners)) {
      const auto at = numbers(*corners, 4, 4, "the corners of a box as [x0, y0, x1, y1]");
      return checked({at[0], at[1], at[2] - at[0], at[3] - at[1]});
    }
    const Value* const value = find_first(object, scene_keys::kBox);
    if (value == nullptr) return box_of_members(object);
    if (value->is_object()) {
      if (const auto found = box_of_members(*value)) return found;
      record_.refuse("expected a box with x, y, w, h or x0, y0, x1, y1");
    }
    const auto at = numbers(*value, 4, 4, "a box as [x, y, width, height]");
    return checked({at[0], at[1], at[2], at[3]});
  }

  std::optional<Point> centre(const Value& object, const std::optional<PixelBox>& box) const {
    if (const Value* const value = find_first(object, scene_keys::kCentre)) {
      const auto at = numbers(*value, 2, 3, "a centre as [x, y] or [x, y, z]");
      Point point{at[0], at[1], std::nullopt};
      if (at.size() == 3) point.z = at[2];
      return point;
    }
    if (!box) return std::nullopt;
    return Point{box->left + box->width / 2, box->top + box->height / 2, std::nullopt};
  }

  static std::string text_at(const Value& object, std::span<const View> keys) {
    const Value* value = find_first(object, keys);
    if (value != nullptr && value->is_array() && !value->items.empty()) value = &value->items[0];
    return value != nullptr && (value->is_string() || value->is_number()) ? value->text : "";
  }

  std::optional<std::uint32_t> carrier(const Value& object) const {
    const Value* const value = find_first(object, scene_keys::kCarrier);
    if (value == nullptr || value->type == json::Type::kTrue ||
        value->type == json::Type::kFalse) {  // a lamp is "on"
      return std::nullopt;
    }
    const auto found = builder_.find_object(*value);
    // Names of what is no object of the graph are the floor, the world.
    if (!found && !value->is_string()) {
      record_.refuse(fmt::format(
          "expected what carries an object by the id of another, found {}",
          value->is_number() ? printable(value->text, 40) : json::describe(value->type)));
    }
    return found;
  }

  GraphNode node(std::size_t number) const {
    const SceneObject& object = scene_.objects[number];
    const Value* const source = builder_.sources().objects[number];
    GraphNode node;
    node.id = std::to_string(number);
    node.name = object.names.front();
    node.attributes = object.attributes;
    node.level = object.level;
    if (source == nullptr || !source->is_object()) {
      node.label = source == nullptr ? node.name : source->text;
      return node;
    }
    if (std::string id = text_at(*source, scene_keys::kObjectId); !id.empty()) node.id = id;
    node.label = text_at(*source, scene_keys::kName);
    node.ai_label = text_at(*source, scene_keys::kAiLabel);
    node.prim_path = text_at(*source, scene_keys::kPath);
    if (node.label.empty() && node.prim_path.empty() && node.ai_label.empty()) {
      node.label = node.name;  // of a path under another key
    }
    node.box = box(*source);
    node.centre = centre(*source, node.box);
    node.on = carrier(*source);
    return node;
  }

  void refuse_circles(const Graph& graph) const {
    std::vector<std::size_t> seen_from(graph.nodes.size(), graph.nodes.size());
    for (std::size_t start = 0; start < graph.nodes.size(); ++start) {
      std::optional<std::size_t> at = start;
      for (; at && seen_from[*at] == graph.nodes.size(); at = graph.nodes[*at].on) {
        seen_from[*at] = start;
      }
      if (at && seen_from[*at] == start) {
        record_.refuse(fmt::format("expected objects that stand on others, found a circle at {}",
                                   printable(graph.nodes[*at].name, 60)));
      }
    }
  }

  GraphEdge edge(std::size_t number) const {
    const SceneRelation& relation = scene_.relations[number];
    const Value& source = *builder_.sources().relations[number];
    GraphEdge edge;
    edge.subject = relation.subject;
    edge.predicate = relation.predicate;
    edge.object = relation.object;
    edge.distance = number_at(source, scene_keys::kDistance, "the distance of an edge");
    edge.margin = number_at(source, scene_keys::kMargin, "the margin of an edge");
    return edge;
  }

  const ObjectRecord& record_;
  SceneBuilder builder_;
  ImageScene scene_;
};

void add_file(const ObjectFile& file, const std::string& view, ImageList<Graph>& out) {
  const GraphFile by_name = graph_file_of(file.name());
  for_each_image(file, [&](const ObjectRecord& record) {
    Graph graph = GraphReader(record, graph_kind_of(by_name)).read();
    if (graph.id.empty()) graph.id = view;
    out.add(std::move(graph), file.name(), by_name);
  });
}

}  // namespace

void merge(Graph& graph, Graph&& other) {
  const std::uint32_t nulls = graph.null_texts + other.null_texts;
  if (!other.nodes.empty() && (graph.nodes.empty() || says_more(other.kind, graph.kind))) {
    graph = std::move(other);
  }
  graph.null_texts = nulls;
}

GraphFileContent parse_graphs(View bytes, const std::string& name) {
  ImageList<Graph> graphs;
  add_file(ObjectFile::parse(bytes, name), "", graphs);
  return {name, graphs.take()};
}

GraphFileContent read_graphs(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    const auto source = ByteSource::open(path);
    return parse_graphs(source->read_rest(), source->name());
  }
  ImageList<Graph> graphs;
  for (const GraphPath& file : graph_files(path)) {
    add_file(ObjectFile::read(file.path), file.view, graphs);
  }
  return {printable(path, 4096), graphs.take()};
}

}  // namespace vernier::replicator

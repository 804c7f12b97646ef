#include "datasets/scenes/replicator/write.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/json_text.h"

namespace vernier::replicator {
namespace {

constexpr std::size_t kLongestNumber = 15;  // digits: exact in every reader

std::vector<std::string> ids_of(const Graph& graph) {
  std::vector<std::string> ids;
  std::set<std::string_view> distinct;
  for (const GraphNode& node : graph.nodes) distinct.insert(node.id);
  const bool own = distinct.size() == graph.nodes.size() && !distinct.contains("");
  for (const GraphNode& node : graph.nodes) {
    ids.push_back(own ? node.id : std::to_string(ids.size()));
  }
  return ids;
}

void append_id(std::string& out, const std::string& id) {
  const bool number = !id.empty() && id.size() <= kLongestNumber &&
                      std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; }) &&
                      (id.size() == 1 || id.front() != '0');
  if (number) {
    out += id;
  } else {
    append_json_string(out, id);
  }
}

void append_text_or_null(std::string& out, const char* key, const std::string& text) {
  append_json_key(out, key);
  if (text.empty()) {
    out += "null";
  } else {
    append_json_string(out, text);
  }
}

void append_numbers(std::string& out, const char* key, std::initializer_list<double> numbers) {
  append_json_key(out, key);
  out.push_back('[');
  for (const double number : numbers) {
    if (out.back() != '[') out.push_back(',');
    append_json_number(out, number);
  }
  out.push_back(']');
}

void append_node(std::string& out, const GraphNode& node, const std::vector<std::string>& ids,
                 std::size_t number) {
  out.push_back('{');
  append_json_key(out, "id");
  append_id(out, ids[number]);
  append_text_or_null(out, "label", node.label);
  if (!node.ai_label.empty()) append_json_member(out, "ai_label", node.ai_label);
  if (!node.prim_path.empty()) append_json_member(out, "prim_path", node.prim_path);
  append_json_key(out, "attributes");
  append_json_strings(out, node.attributes);
  if (node.box) {
    append_numbers(out, "bbox", {node.box->left, node.box->top, node.box->width, node.box->height});
  }
  if (node.centre && node.centre->z) {
    append_numbers(out, "center", {node.centre->x, node.centre->y, *node.centre->z});
  } else if (node.centre) {
    append_numbers(out, "center", {node.centre->x, node.centre->y});
  }
  if (node.level) append_json_count(out, "level", *node.level);
  append_json_key(out, "parent");
  if (node.on) {
    append_id(out, ids[*node.on]);
  } else {
    out += "null";
  }
  out.push_back('}');
}

void append_edge(std::string& out, const GraphEdge& edge, const std::vector<std::string>& ids) {
  out.push_back('{');
  append_json_key(out, "source");
  append_id(out, ids[edge.subject]);
  append_json_member(out, "relation", edge.predicate);
  append_json_key(out, "target");
  append_id(out, ids[edge.object]);
  if (edge.distance) append_json_member(out, "distance", *edge.distance);
  if (edge.margin) append_json_member(out, "margin", *edge.margin);
  out.push_back('}');
}

void append_graph(std::string& out, const Graph& graph) {
  out.push_back('{');
  if (!graph.id.empty()) append_json_member(out, "image_id", graph.id);
  append_json_member(out, "kind", graph_kind_name(graph.kind));
  if (graph.width) append_json_member(out, "width", *graph.width);
  if (graph.height) append_json_member(out, "height", *graph.height);
  const std::vector<std::string> ids = ids_of(graph);
  append_json_key(out, "nodes");
  out.push_back('[');
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_node(out, graph.nodes[i], ids, i);
  }
  out.push_back(']');
  append_json_key(out, "edges");
  out.push_back('[');
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_edge(out, graph.edges[i], ids);
  }
  out.push_back(']');
}

void append_caption(std::string& out, const char* key, const Caption& caption) {
  if (caption.state == CaptionState::kNotAsked) return;
  append_text_or_null(out, key, caption.text);
}

}  // namespace

std::string graph_json(const Graph& graph) {
  std::string out;
  append_graph(out, graph);
  return out + "}\n";
}

std::string caption_json(const Graph& graph, const Captions& captions) {
  std::string out;
  append_graph(out, graph);
  append_caption(out, "global_caption", captions.global);
  if (captions.questions != CaptionState::kNotAsked) {
    append_json_key(out, "sft_qa");
    if (captions.questions != CaptionState::kWritten) out += "null";
  }
  if (captions.questions == CaptionState::kWritten) {
    out.push_back('[');
    for (const QuestionPair& pair : captions.pairs) {
      if (out.back() != '[') out.push_back(',');
      out.push_back('{');
      append_json_member(out, "question", pair.question);
      append_json_member(out, "answer", pair.answer);
      out.push_back('}');
    }
    out.push_back(']');
  }
  append_caption(out, "brief_caption", captions.brief);
  return out + "}\n";
}

}  // namespace vernier::replicator

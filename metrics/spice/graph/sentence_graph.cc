#include "metrics/spice/graph/sentence_graph.h"

namespace vernier::spice {
namespace {

constexpr std::size_t kDependenciesPerWord = 8;

void print_node(const Node& node, std::string& out) {
  out += std::to_string(node.word + 1);
  if (node.copy > 0) out += "'" + std::to_string(node.copy);
}

}  // namespace

bool start(std::span<const std::string_view> words, const ParsedSentence& parse, std::size_t number,
           SentenceGraph& out) {
  if (words.size() > kMaxWords) return false;
  if (parse.dependencies.size() > kDependenciesPerWord * words.size()) return false;
  out.sentence.reset(words, parse.tags);
  out.graph.reset(words.size(), number);
  out.markers.clear();
  for (const Dependency& dependency : parse.dependencies) {
    if (dependency.dependent == 0 || dependency.dependent > words.size() ||
        dependency.governor > words.size()) {
      continue;
    }
    const auto dependent = static_cast<NodeId>(dependency.dependent - 1);
    if (dependency.governor == 0) {
      out.graph.add_root(dependent);
    } else {
      out.graph.add_edge(static_cast<NodeId>(dependency.governor - 1), dependent,
                         {dependency.relation, Marker::kNone});
    }
  }
  return true;
}

std::string print_edges(SentenceGraph& graph) {
  std::string out;
  const auto separate = [&] {
    if (!out.empty()) out += ' ';
  };
  const std::vector<NodeId>& nodes = graph.graph.in_map_order();
  for (const NodeId node : nodes) {
    for_each_out(graph.graph, node, [&](EdgeId, const Edge& edge) {
      separate();
      print_node(graph.graph.node(edge.governor), out);
      out += '>';
      print_node(graph.graph.node(edge.dependent), out);
      out += ':';
      graph.markers.print(edge.label, out);
    });
  }
  for (const NodeId node : nodes) {
    if (!graph.graph.is_root(node)) continue;
    separate();
    out += "0>";
    print_node(graph.graph.node(node), out);
    out += ":root";
  }
  return out;
}

}  // namespace vernier::spice

// Any bytes as scene graphs with places and as the captioning extension's configuration: graphs
// that are read hang together, and what is written of them reads back as the same.
#include <cmath>
#include <string>

#include "base/error.h"
#include "datasets/scenes/replicator/config/caption_config.h"
#include "datasets/scenes/replicator/read.h"
#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/write.h"
#include "datasets/scenes/scene_file.h"
#include "tests/fuzz/input.h"

namespace {

using namespace vernier;
using fuzz::require;
using replicator::Graph;

void check(const Graph& graph) {
  fuzz::require_utf8(graph.id);
  for (const replicator::GraphNode& node : graph.nodes) {
    require(!node.name.empty());
    fuzz::require_utf8(node.name);
    require(!node.on || *node.on < graph.nodes.size());
    require(!node.box || (node.box->area() >= 0 && std::isfinite(node.box->area())));
  }
  for (const replicator::GraphEdge& edge : graph.edges) {
    require(edge.subject < graph.nodes.size() && edge.object < graph.nodes.size());
    fuzz::require_utf8(edge.predicate);
  }
}

void check_written(const std::string& text, const Graph& graph) {
  fuzz::require_utf8(text);
  if (graph.nodes.empty()) return;
  const ImageScene again = parse_scenes(text, "written").images.at(0);
  require(again.objects.size() == graph.nodes.size());
  require(again.relations.size() == graph.edges.size());
  require(again.kind == graph.kind);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    require(again.relations[i].subject == graph.edges[i].subject);
    require(again.relations[i].object == graph.edges[i].object);
  }
}

void use(Graph graph, const replicator::GraphOptions& options) {
  check(graph);
  const std::size_t objects = graph.nodes.size();
  require(replicator::keep_largest(graph, options.max_object_capacity) + graph.nodes.size() ==
          objects);
  replicator::choose_labels(graph, options);
  const Graph full = replicator::full_graph(graph);
  check(full);
  const Graph pruned = replicator::pruned_graph(full, options.pruning_ratio);
  check(pruned);
  require(pruned.edges.size() < std::max<std::size_t>(full.nodes.size(), 1));
  check_written(replicator::graph_json(full), full);
  check_written(replicator::graph_json(pruned), pruned);
  check_written(replicator::caption_json(full, replicator::write_captions(full, options)), full);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t choice = input.byte();
  const std::string text(input.rest());
  if (choice % 4 == 0) {
    try {
      const replicator::CaptionConfig config = replicator::parse_caption_config(text, "input");
      require(config.options.pruning_ratio >= 0 && config.options.pruning_ratio <= 1);
      require(config.options.max_object_capacity > 0);
    } catch (const Error& error) {
      require(error.code() == ExitCode::kUsage);
      require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    }
    return 0;
  }
  replicator::GraphOptions options;
  options.global_caption = options.qa_caption = options.brief_caption = true;
  options.use_ai_label = (choice & 4) != 0;
  options.attach_label_to_usd = (choice & 8) != 0;
  options.pruning_ratio = (choice & 16) != 0 ? 0.5 : 1;
  options.max_object_capacity = (choice & 32) != 0 ? 2 : 100;
  fuzz::answered_or_refused([&] {
    for (Graph& graph : replicator::parse_graphs(text, "input").graphs) {
      use(std::move(graph), options);
    }
  });
  return 0;
}

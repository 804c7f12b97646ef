// Scene graphs as Isaac Sim's captioning extension has them: read, chosen, written.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "datasets/scenes/replicator/drawn_graph.h"
#include "datasets/scenes/replicator/read.h"
#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/write.h"
#include "datasets/scenes/scene_file.h"
#include "datasets/scenes/world/world.h"
#include "tests/support/command.h"

namespace vernier::replicator {
namespace {

using nlohmann::json;

Graph parse(const std::string& text, const std::string& name = "file") {
  GraphFileContent content = parse_graphs(text, name);
  EXPECT_EQ(content.graphs.size(), 1u);
  return content.graphs.at(0);
}

void refuses(const std::string& text, const std::string& message) {
  try {
    parse_graphs(text, "file");
    FAIL() << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kBadInput);
    EXPECT_EQ(std::string(error.what()).find("file:1: "), 0u) << error.what();
    EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
  }
}

/// "cup on table; ..."
std::string edges(const Graph& graph) {
  std::string out;
  for (const GraphEdge& edge : graph.edges) {
    out += (out.empty() ? "" : "; ") + graph.nodes[edge.subject].name + " " + edge.predicate + " " +
           graph.nodes[edge.object].name;
  }
  return out;
}

constexpr const char* kShelf = R"({"nodes": [
  {"id": 7, "label": "Table", "prim_path": "/World/table_0", "attributes": ["wooden"],
   "bbox": [0, 50, 100, 50], "level": 0, "parent": "/World/Floor"},
  {"id": 9, "label": null, "ai_label": "coffee mug", "prim_path": "/World/Props/Cup_01",
   "bbox": {"x0": 10, "y0": 30, "x1": 30, "y1": 50}, "parent": 7},
  {"id": 11, "label": "Lamp", "bbox_xyxy": [60, 0, 80, 50], "position": [70, 25, 1.5], "level": 1,
   "parent": 7},
  {"id": 12, "label": "Cat", "x": 110, "y": 60, "w": 20, "h": 40, "level": 0}],
  "edges": [{"source": 7, "target": 12, "relation": "left_of", "distance": 60.5, "margin": 70},
            {"source": 12, "target": 7, "relation": "right of"},
            {"source": 9, "target": 11, "relation": "left of"},
            {"source": 9, "target": 12, "relation": "left of"}],
  "global_caption": null, "sft_qa": null, "brief_caption": "A table."})";

TEST(ReplicatorGraphs, ReadWhereThingsAre) {
  const Graph graph = parse(kShelf, "full_scene_graph.json");
  EXPECT_EQ(graph.kind, GraphKind::kFull) << "by the name of the file";
  EXPECT_EQ(graph.null_texts, 2u) << "questions too";
  ASSERT_EQ(graph.nodes.size(), 4u);
  EXPECT_EQ(graph.nodes[0].label, "Table");
  EXPECT_EQ(graph.nodes[0].name, "table");
  EXPECT_FALSE(graph.nodes[0].on) << "the floor is no object";
  const GraphNode& cup = graph.nodes[1];
  EXPECT_EQ(cup.name, "cup 01");
  EXPECT_EQ(cup.ai_label, "coffee mug");
  EXPECT_EQ(cup.on, 0u);
  EXPECT_EQ(cup.box->width, 20);
  EXPECT_EQ(cup.box->height, 20);
  EXPECT_EQ(cup.centre->x, 20);
  EXPECT_EQ(graph.nodes[2].box->left, 60);
  EXPECT_EQ(graph.nodes[2].box->height, 50);
  EXPECT_EQ(graph.nodes[2].centre->z, 1.5);
  EXPECT_EQ(graph.nodes[3].box->width, 20);
  EXPECT_EQ(graph.edges[0].distance, 60.5);
  EXPECT_EQ(graph.edges[0].margin, 70);
  EXPECT_EQ(edges(graph),
            "table left of cat; cat right of table; cup 01 left of lamp; cup 01 left of cat");
}

TEST(ReplicatorGraphs, RefuseWhatIsNone) {
  const auto node = [](const std::string& members) {
    return R"({"nodes": [{"id": 1, "label": "cup", )" + members + "}]}";
  };
  refuses(node(R"("bbox": [1, 2, 3])"), "a box as [x, y, width, height], found 3 numbers");
  refuses(node(R"("bbox": [1, 2, 3, "4"])"), "expected a finite number");
  refuses(node(R"("bbox": [1, 2, 3, 1e999])"), "expected a finite number");
  refuses(node(R"("bbox": [1, 2, -3, 4])"), "a width and a height of 0 or more");
  refuses(node(R"("bbox": "1 2 3 4")"), "a box as [x, y, width, height], found a string");
  refuses(node(R"("bbox": {"x0": 1})"), "x0, y0, x1, y1");
  refuses(node(R"("bbox_xyxy": [5, 5, 1, 9])"), "a width and a height of 0 or more");
  refuses(node(R"("center": [1])"), "a centre as [x, y] or [x, y, z]");
  refuses(node(R"("level": -1)"), "a whole number, 0 or more, as the support level");
  refuses(node(R"("level": 0.5)"), "a whole number, 0 or more, as the support level");
  refuses(node(R"("level": "low")"), "found a string");
  refuses(node(R"("parent": 2)"), "by the id of another, found 2");
  refuses(node(R"("parent": 1)"), "a circle at cup");
  refuses(R"({"nodes": [{"id": 1, "label": "cup"}, {"id": 2, "label": "pot"}],
              "edges": [{"source": 1, "target": 2, "relation": "on", "distance": "far"}]})",
          "a finite number as the distance of an edge");
  refuses(
      R"({"nodes": [{"id": 1, "label": "a", "parent": 2}, {"id": 2, "label": "b", "parent": 1}]})",
      "a circle at");
  refuses(R"({"image_id": 1, "width": "wide", "nodes": ["cup"]})", "the width of the image");
  refuses(R"({"image_id": 1})", "expected objects, relations or texts");
}

TEST(ReplicatorGraphs, LabelsAsTheOptionsWantThem) {
  const auto labels = [](bool attach, bool ai) {
    Graph graph = parse(kShelf);
    GraphOptions options;
    options.attach_label_to_usd = attach;
    options.use_ai_label = ai;
    choose_labels(graph, options);
    return graph.nodes[1].label + "|" + graph.nodes[1].name + "|" + graph.nodes[0].label;
  };
  EXPECT_EQ(labels(false, false), "|cup 01|Table");
  EXPECT_EQ(labels(true, false), "Cup_01|cup 01|Table");
  EXPECT_EQ(labels(false, true), "coffee mug|coffee mug|Table");
  EXPECT_EQ(labels(true, true), "coffee mug|coffee mug|Table");
}

TEST(ReplicatorGraphs, FullOnesHoldEdgesOfALevelAndWhatCarriesWhat) {
  const Graph full = full_graph(parse(kShelf));
  EXPECT_EQ(full.nodes[1].level, 1u) << "one above what carries it";
  EXPECT_EQ(edges(full),
            "table left of cat; cat right of table; cup 01 left of lamp; cup 01 on top of table; "
            "table under cup 01; lamp on top of table; table under lamp");
  EXPECT_EQ(full.edges[0].distance, 60.5) << "as the file has it";
  EXPECT_NEAR(*full.edges[2].distance, std::hypot(50, 15), 1e-12) << "of the centres";
}

TEST(ReplicatorGraphs, PrunedOnesAreSpanningTrees) {
  const Graph full = full_graph(parse(kShelf));
  const Graph pruned = pruned_graph(full, 1);
  EXPECT_EQ(pruned.kind, GraphKind::kPruned);
  EXPECT_EQ(edges(pruned), "table left of cat; cup 01 on top of table; lamp on top of table");
  EXPECT_EQ(pruned_graph(full, 0.4).edges.size(), 1u);
  EXPECT_EQ(edges(pruned_graph(full, 0.4)), edges(pruned_graph(full, 0.4)));
  EXPECT_TRUE(pruned_graph(full, 0).edges.empty());
}

TEST(ReplicatorGraphs, TheNearestPairsMakeTheTree) {
  // a and c are near, b is far from both and nearer to c; ties go by number.
  const Graph full = full_graph(parse(
      R"({"width": 100, "height": 100, "nodes": [{"id": 0, "label": "a", "bbox": [0, 0, 2, 2]},
          {"id": 1, "label": "b", "bbox": [90, 0, 2, 2]}, {"id": 2, "label": "c", "bbox": [20, 0, 2, 2]},
          {"id": 3, "label": "d", "bbox": [160, 0, 2, 2]}]})"));
  EXPECT_EQ(full.kind, GraphKind::kOpen) << "what is not said to be full is not made full";
  EXPECT_EQ(edges(full).substr(0, 38), "a left of b; a left of c; a left of d;");
  EXPECT_EQ(full.edges.size(), 12u);
  EXPECT_EQ(edges(pruned_graph(full, 1)), "a left of c; b right of c; b left of d");
}

TEST(ReplicatorGraphs, KeepTheLargestBoxes) {
  Graph graph = parse(kShelf);
  EXPECT_EQ(keep_largest(graph, 4), 0u);
  EXPECT_EQ(keep_largest(graph, 2), 2u);
  EXPECT_EQ(graph.nodes[0].name, "table");
  EXPECT_EQ(graph.nodes[1].name, "lamp") << "1000 square pixels, 800 of the cat";
  EXPECT_EQ(graph.nodes[1].on, 0u);
  EXPECT_TRUE(graph.edges.empty());
  graph = parse(kShelf);
  graph.nodes[0].box.reset();
  keep_largest(graph, 3);
  EXPECT_EQ(graph.nodes[0].name, "cup 01") << "without box: the smallest";
  EXPECT_FALSE(graph.nodes[0].on) << "what carried it is gone";
  EXPECT_EQ(edges(graph), "cup 01 left of lamp; cup 01 left of cat");
}

TEST(ReplicatorGraphs, WrittenOnesComeBack) {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const scenes::DrawnScene scene = scenes::draw_scene(scenes::full_world(), 1, number);
    const Graph full = full_graph(graph_of(scene, 96));
    EXPECT_EQ(full.edges.size(), scene.relations.size()) << "all that holds, and no more";
    const Graph again = parse(graph_json(full));
    EXPECT_EQ(graph_json(again), graph_json(full));
    EXPECT_EQ(edges(again), edges(full));
    const ImageScene read = parse_scenes(graph_json(full), "file").images.at(0);
    EXPECT_EQ(read.id, scene.id);
    EXPECT_EQ(read.kind, GraphKind::kFull) << "the file itself says so";
    EXPECT_EQ(read.objects.size(), scene.objects.size());
    EXPECT_EQ(read.relations.size(), scene.relations.size());
    const Graph pruned = pruned_graph(full, 1);
    EXPECT_EQ(parse_scenes(graph_json(pruned), "file").images.at(0).kind, GraphKind::kPruned);
    EXPECT_LT(pruned.edges.size(), std::max<std::size_t>(scene.objects.size(), 1));
    for (const GraphEdge& edge : pruned.edges) {
      const auto same = [&](const GraphEdge& other) {
        return other.subject == edge.subject && other.predicate == edge.predicate &&
               other.object == edge.object;
      };
      EXPECT_EQ(std::ranges::count_if(full.edges, same), 1);
    }
  }
}

TEST(ReplicatorGraphs, IdsThatAreNotDistinctBecomeNumbers) {
  const Graph graph = parse(
      R"({"nodes": [{"id": "a", "label": "cup"}, {"id": "a", "label": "pot"}], "edges": []})");
  EXPECT_EQ(json::parse(graph_json(graph))["nodes"][1]["id"], 1);
  const Graph odd =
      parse(R"({"nodes": [{"id": "007", "label": "cup"}, {"id": "\"", "label": "pot"}]})");
  EXPECT_EQ(json::parse(graph_json(odd))["nodes"][0]["id"], "007");
  EXPECT_EQ(json::parse(graph_json(odd))["nodes"][1]["id"], "\"");
}

TEST(ReplicatorGraphs, FilesOfAViewAreOneGraph) {
  const tests::TemporaryFolder folder;
  const auto put = [&](const std::string& name, const std::string& text) {
    const auto path = folder.path(name);
    std::filesystem::create_directories(path.parent_path());
    folder.write(name, text);
  };
  const std::string one =
      R"({"nodes": [{"id": 0, "label": "cup"}, {"id": 1, "label": "pot"}], "edges": )";
  const std::string left = R"({"source": 0, "target": 1, "relation": "left of"})";
  put("a/Camera/Captions/pruned_scene_graph.json", one + "[]}");
  put("a/Camera/Captions/full_scene_graph.json", one + "[" + left + "]}");
  put("a/Camera/Captions/scene_graph_caption.json",
      one + R"([], "global_caption": null, "brief_caption": "A cup."})");
  put("b/Camera/Captions/full_scene_graph.json", one + "[]}");
  const GraphFileContent content = read_graphs(folder.path(".").string());
  ASSERT_EQ(content.graphs.size(), 2u);
  EXPECT_EQ(content.graphs[0].id, "a/Camera");
  EXPECT_EQ(content.graphs[0].kind, GraphKind::kFull);
  EXPECT_EQ(content.graphs[0].edges.size(), 1u);
  EXPECT_EQ(content.graphs[0].null_texts, 1u);
  const SceneFile scenes = read_scenes(folder.path(".").string());
  ASSERT_EQ(scenes.images.size(), 2u);
  EXPECT_EQ(scenes.images[0].relations.size(), 1u);
  EXPECT_EQ(scenes.images[0].texts, std::vector<std::string>{"A cup."});
  EXPECT_EQ(scenes.images[0].null_texts, 1u);
  EXPECT_EQ(read_scenes(folder.path("a/Camera/Captions").string()).images.at(0).id, "Camera");
}

TEST(ReplicatorGraphs, FramesOfSeveralCamerasInOneFolder) {
  const tests::TemporaryFolder folder;
  const std::string graph = R"({"nodes": [{"id": 0, "label": "cup"}], "edges": []})";
  folder.write("3_Camera_1_scene_graph_full_12.json", graph);
  folder.write("3_Camera_2_scene_graph_full_12.json", graph);
  const SceneFile file = read_scenes(folder.path(".").string());
  ASSERT_EQ(file.images.size(), 2u);
  EXPECT_EQ(file.images[0].id, "3_Camera_1_12");
  EXPECT_EQ(file.images[1].id, "3_Camera_2_12");
}

}  // namespace
}  // namespace vernier::replicator

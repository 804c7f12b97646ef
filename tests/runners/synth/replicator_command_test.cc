// Scene graphs as Isaac Sim's captioning extension writes them, through the real binary.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "datasets/scenes/scene_file.h"
#include "tests/support/command.h"
#include "tests/support/word_net.h"

namespace vernier::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Every file below a folder, by path.
std::map<std::string, std::string> content_of(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      out[entry.path().lexically_relative(folder).string()] = read_file(entry.path());
    }
  }
  return out;
}

constexpr const char* kGraph = R"({"image_id": "shelf", "kind": "full", "width": 100, "height": 100,
 "nodes": [{"id": 0, "label": "table", "attributes": ["brown"], "bbox": [0, 40, 60, 60], "level": 0},
  {"id": 1, "label": "cup", "attributes": ["red"], "bbox": [10, 20, 20, 20], "level": 1, "parent": 0},
  {"id": 2, "label": "lamp", "attributes": ["small"], "bbox": [70, 0, 20, 100], "level": 0},
  {"id": 3, "label": "chair", "attributes": ["green"], "bbox": [92, 50, 8, 50], "level": 0}],
 "edges": [{"source": 0, "target": 2, "relation": "left of"},
           {"source": 2, "target": 0, "relation": "right of"},
           {"source": 0, "target": 3, "relation": "left of"},
           {"source": 3, "target": 0, "relation": "right of"},
           {"source": 2, "target": 3, "relation": "left of"},
           {"source": 3, "target": 2, "relation": "right of"}],
 "global_caption": null}
)";
const std::vector<std::string> kAllCaptions = {"--global_caption", "--qa_caption",
                                               "--brief_caption"};

class ReplicatorCommand : public testing::Test {
 protected:
  Finished synth(std::vector<std::string> command, const std::string& out) const {
    command.insert(command.begin(), "synth");
    command.insert(command.end(), {"-o", folder_.path(out).string()});
    return vernier(command);
  }
  std::vector<std::string> from_graph(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"--from", folder_.write("graph.json", kGraph)};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }

  TemporaryFolder folder_;
};

TEST_F(ReplicatorCommand, DrawnScenesComeBack) {
  std::vector<std::string> command = {"-n", "150", "--write", "replicator,scenes", "-f", "json"};
  command.insert(command.end(), kAllCaptions.begin(), kAllCaptions.end());
  const Finished done = synth(command, "set");
  ASSERT_EQ(done.code, 0) << done.err;
  const json counts = json::parse(done.out)["replicator"];
  EXPECT_EQ(counts["graphs"], 150);
  EXPECT_EQ(counts["captions"]["sft_qa"]["written"], 150);
  EXPECT_EQ(counts["captions"]["global_caption"]["null"], json::object());
  const std::string root = folder_.path("set/replicator").string();
  const SceneFile truth = read_scenes(folder_.path("set/scenes.jsonl").string());
  const SceneFile full = read_scenes(root + "/caption_full_json");
  const SceneFile pruned = read_scenes(root + "/caption_pruned_json");
  const SceneFile captions = read_scenes(root + "/caption");
  const SceneFile all = read_scenes(root);
  ASSERT_EQ(full.images.size(), 150u);
  ASSERT_EQ(pruned.images.size(), 150u);
  ASSERT_EQ(captions.images.size(), 150u);
  ASSERT_EQ(all.images.size(), 150u);
  std::map<std::string, const ImageScene*> by_id;
  for (const ImageScene& scene : truth.images) by_id[scene.id] = &scene;
  for (std::size_t i = 0; i < full.images.size(); ++i) {
    const ImageScene& drawn = *by_id.at(full.images[i].id);
    EXPECT_EQ(full.images[i].kind, GraphKind::kFull);
    EXPECT_EQ(full.images[i].objects.size(), drawn.objects.size());
    ASSERT_EQ(full.images[i].relations.size(), drawn.relations.size());
    for (std::size_t r = 0; r < drawn.relations.size(); ++r) {
      EXPECT_EQ(full.images[i].relations[r].subject, drawn.relations[r].subject);
      EXPECT_EQ(full.images[i].relations[r].predicate, drawn.relations[r].predicate);
      EXPECT_EQ(full.images[i].relations[r].object, drawn.relations[r].object);
    }
    EXPECT_EQ(pruned.images[i].kind, GraphKind::kPruned);
    EXPECT_EQ(captions.images[i].texts.size(), 2u);
    EXPECT_EQ(all.images[i].kind, GraphKind::kFull);
    EXPECT_EQ(all.images[i].texts.size(), 2u);
  }
}

TEST_F(ReplicatorCommand, SameBytesForAnyNumberOfThreads) {
  const std::vector<std::string> drawn = {
      "-n", "130", "--write", "replicator", "--pruning_ratio", "0.5", "--global_caption"};
  for (const char* threads : {"1", "3"}) {
    std::vector<std::string> command = drawn;
    command.insert(command.end(), {"-t", threads});
    ASSERT_EQ(synth(command, std::string("drawn") + threads).code, 0);
    const std::string from = folder_.path(std::string("drawn") + threads + "/replicator").string();
    ASSERT_EQ(synth({"--from", from, "-t", threads, "--layout", "cameras"},
                    std::string("again") + threads)
                  .code,
              0);
  }
  EXPECT_TRUE(content_of(folder_.path("drawn1")) == content_of(folder_.path("drawn3")));
  EXPECT_TRUE(content_of(folder_.path("again1")) == content_of(folder_.path("again3")));
  EXPECT_EQ(content_of(folder_.path("again1")).size(), 2u * 130 + 1);
}

TEST_F(ReplicatorCommand, RewrittenGraphsAreTheDrawnOnes) {
  ASSERT_EQ(synth({"-n", "40", "--write", "replicator"}, "drawn").code, 0);
  ASSERT_EQ(synth({"--from", folder_.path("drawn/replicator").string()}, "again").code, 0);
  auto drawn = content_of(folder_.path("drawn/replicator")),
       again = content_of(folder_.path("again"));
  again.erase("synth.json");
  EXPECT_TRUE(drawn == again);
}

TEST_F(ReplicatorCommand, LayoutsOfTheExtensionAndOfTheSimulators) {
  ASSERT_EQ(synth(from_graph({"--layout", "cameras", "--brief_caption"}), "cameras").code, 0);
  const auto cameras = content_of(folder_.path("cameras"));
  for (const char* name : {"full_scene_graph", "pruned_scene_graph", "scene_graph_caption"}) {
    EXPECT_TRUE(cameras.contains(std::string("shelf/Camera/Captions/") + name + ".json")) << name;
  }
  EXPECT_EQ(read_scenes(folder_.path("cameras").string()).images.at(0).id, "shelf");
  ASSERT_EQ(
      synth(from_graph({"--brief_caption", "--save_pruned_scene_graph=false"}), "frames").code, 0);
  const auto frames = content_of(folder_.path("frames"));
  EXPECT_EQ(frames.size(), 3u);
  EXPECT_TRUE(frames.contains("caption_full_json/scene_graph_full_0.json"));
  EXPECT_TRUE(frames.contains("caption/scene_graph_caption_0.json"));
}

TEST_F(ReplicatorCommand, ConfigurationThenCommandLine) {
  const std::string config =
      folder_.write("config.yaml",
                    "isaacsim.replicator.caption.core:\n  version: 0.6.0\n  caption_configs:\n"
                    "    pruning_ratio: 0\n    global_caption: true\n    brief_caption: true\n    "
                    "verbose: true\n");
  const Finished done =
      synth(from_graph({"--config", config, "--brief_caption=false", "-f", "json"}), "out");
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("without meaning here: version, verbose"), std::string::npos) << done.err;
  const json counts = json::parse(done.out);
  EXPECT_EQ(counts["pruned_edges"], 0);
  EXPECT_EQ(counts["full_edges"], 8);
  EXPECT_EQ(counts["nulls_of_input"], 1);
  EXPECT_EQ(counts["captions"]["global_caption"]["written"], 1);
  EXPECT_EQ(counts["captions"]["brief_caption"]["written"], 0);
  const std::string bad =
      folder_.write("bad.yaml", "isaacsim.replicator.caption.core:\n  prune_ratio: 0\n");
  const Finished refused = synth(from_graph({"--config", bad}), "none");
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("bad.yaml:2: expected a parameter"), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(folder_.path("none")));
}

TEST_F(ReplicatorCommand, NullsAreCountedAndSayWhy) {
  const std::string graphs = folder_.write(
      "graphs.jsonl",
      "{\"image_id\": \"a\", \"objects\": [\"cup\", \"pot\"], \"relations\": [[\"cup\", \"near\", "
      "\"pot\"]], \"global_caption\": null}\n{\"image_id\": \"../b\", \"objects\": [], "
      "\"references\": [\"A dog.\"]}\n");
  std::vector<std::string> command = {"--from", graphs, "--layout", "cameras", "-f", "json"};
  command.insert(command.end(), kAllCaptions.begin(), kAllCaptions.end());
  const Finished done = synth(command, "out");
  ASSERT_EQ(done.code, 0) << done.err;
  const json counts = json::parse(done.out);
  EXPECT_EQ(counts["without_objects"], 1);
  EXPECT_EQ(counts["not_full"], 1);
  EXPECT_EQ(counts["nulls_of_input"], 1);
  EXPECT_EQ(counts["captions"]["sft_qa"]["null"],
            json::parse(R"({"no objects": 1, "graph is not full": 1})"));
  EXPECT_EQ(counts["captions"]["brief_caption"]["written"], 1);
  const auto files = content_of(folder_.path("out"));
  EXPECT_TRUE(files.contains("view_1/Camera/Captions/scene_graph_caption.json")) << "no ../b";
  EXPECT_FALSE(files.contains("view_1/Camera/Captions/full_scene_graph.json"));
  const SceneFile again = read_scenes(folder_.path("out").string());
  ASSERT_EQ(again.images.size(), 2u);
  EXPECT_EQ(again.images[0].kind, GraphKind::kOpen) << "an open graph does not become a full one";
  EXPECT_EQ(again.images[0].null_texts, 1u);
  EXPECT_EQ(again.images[1].null_texts, 3u);
}

TEST_F(ReplicatorCommand, RefusesWhatItCannotUse) {
  fs::create_directories(folder_.path("taken"));
  folder_.write("taken/file", "here before");
  EXPECT_EQ(synth(from_graph(), "taken").code, 6);
  EXPECT_EQ(content_of(folder_.path("taken")).size(), 1u);
  EXPECT_EQ(synth(from_graph({"--force"}), "taken").code, 0);
  EXPECT_EQ(synth(from_graph({"-n", "5"}), "a").code, 2);
  EXPECT_EQ(synth(from_graph({"--pruning_ratio", "1.1"}), "a").code, 2);
  EXPECT_EQ(synth(from_graph({"--max_object_capacity", "0"}), "a").code, 2);
  EXPECT_EQ(synth({"--from", folder_.path("nothing").string()}, "a").code, 2);
  const Finished bad =
      synth({"--from", folder_.write("bad.json", "{\"nodes\": [\n{\"label\": 3}]}")}, "a");
  EXPECT_EQ(bad.code, 3);
  EXPECT_NE(bad.err.find("bad.json:1: expected the name of an object as text"), std::string::npos)
      << bad.err;
  EXPECT_FALSE(fs::exists(folder_.path("a")));
}

class ReplicatorCheck : public ReplicatorCommand {
 protected:
  void SetUp() override {
    VERNIER_REQUIRE_WORDNET();
    ASSERT_EQ(synth(from_graph(kAllCaptions), "out").code, 0);
  }
  int check(const std::string& caption, const std::string& graphs) const {
    const json text = {{"id", "shelf"}, {"response", caption}};
    return vernier({"check", folder_.write("text", text.dump()), "--evidence",
                    folder_.path("out/" + graphs).string(), "--own-tools"})
        .code;
  }
};

TEST_F(ReplicatorCheck, CaptionsAgainstFullAndPrunedGraphs) {
  const std::string full = "caption_full_json", pruned = "caption_pruned_json";
  for (const std::string& graphs : {full, full + "/scene_graph_full_0.json", std::string()}) {
    EXPECT_EQ(check("A red cup is on top of a brown table. The table is to the left of the lamp.",
                    graphs),
              0);
    EXPECT_EQ(check("The lamp is to the left of the table.", graphs), 1) << "swapped";
    EXPECT_EQ(check("A table is on top of a cup.", graphs), 1) << "swapped";
    EXPECT_EQ(check("There is a bicycle.", graphs), 1) << "invented";
    EXPECT_EQ(check("A blue cup.", graphs), 1) << "another colour";
    EXPECT_EQ(check("The table is behind the chair.", graphs), 1) << "of one level, and not there";
    EXPECT_EQ(check("The cup is to the left of the lamp.", graphs), 0)
        << "of two levels: nothing is known against it";
  }
  // The pruned graph has no edge from table to chair.
  EXPECT_EQ(check("The table is to the left of the chair.", full), 0);
  EXPECT_EQ(check("The table is to the left of the chair.", pruned), 0);
  EXPECT_EQ(check("The lamp is to the left of the table.", pruned), 1) << "swapped";
}

TEST_F(ReplicatorCheck, RelationsOfItsOwnCaptionsHold) {
  ASSERT_EQ(
      synth({"-n", "60", "--write", "replicator,captions", "--global_caption", "--brief_caption"},
            "set")
          .code,
      0);
  const std::string root = folder_.path("set/replicator").string();
  std::string texts;
  for (const ImageScene& scene : read_scenes(root + "/caption").images) {
    for (const std::string& text : scene.texts) {
      texts += json{{"image_id", scene.id},
                    {"id", scene.id + "#" + std::to_string(texts.size())},
                    {"caption", text}}
                   .dump() +
               "\n";
    }
  }
  const Finished done =
      vernier({"probe", "relations", folder_.write("own.jsonl", texts), "--graphs",
               root + "/caption_full_json", "--own-tools", "-f", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const json out = json::parse(done.out);
  EXPECT_EQ(out["scores"]["object-hallucination"], 0) << done.out;
  EXPECT_EQ(out["scores"]["relation-hallucination"], 0) << done.out;
  EXPECT_EQ(out["scores"]["attribute-hallucination"], 0) << done.out;
  EXPECT_GT(out["counts"]["relations"]["supported"], 100) << done.out;

  // Where lists are short: the parser takes "ring" in long ones for a verb now and then.
  ASSERT_EQ(
      synth({"-n", "60", "--max-objects", "2", "--write", "replicator,captions"}, "pairs").code, 0);
  std::string right, wrong;
  std::istringstream lines(read_file(folder_.path("pairs/captions.jsonl")));
  for (std::string line; std::getline(lines, line);) {
    const json record = json::parse(line);
    const json text = {{"id", record["image_id"]}, {"response", record["caption"]}};
    if (record["kind"] == "correct") right += text.dump() + "\n";
    if (record["kind"] == "invented object") wrong += text.dump() + "\n";
  }
  const auto check = [&](const std::string& captions) {
    const Finished checked = vernier({"check", folder_.write("captions", captions), "--evidence",
                                      folder_.path("pairs/replicator/caption_full_json").string(),
                                      "--own-tools", "-f", "json"});
    return json::parse(checked.out);
  };
  const json good = check(right);
  EXPECT_TRUE(good["passed"]) << good.dump();
  EXPECT_EQ(check(wrong)["passed"], false);
}

}  // namespace
}  // namespace vernier::tests

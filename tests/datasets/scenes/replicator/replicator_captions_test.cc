// Captions and questions from scene graphs by templates.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "datasets/scenes/replicator/drawn_graph.h"
#include "datasets/scenes/replicator/read.h"
#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/text/captions.h"
#include "datasets/scenes/replicator/text/english.h"
#include "datasets/scenes/replicator/write.h"
#include "datasets/scenes/scene_file.h"
#include "datasets/scenes/world/world.h"

namespace vernier::replicator {
namespace {

using nlohmann::json;

GraphOptions all_captions() {
  GraphOptions options;
  options.global_caption = options.qa_caption = options.brief_caption = true;
  return options;
}

Graph graph(const std::string& text) {
  return full_graph(parse_graphs(text, "full.json").graphs.at(0));
}

/// "question answer|..."
std::string pairs(const Captions& captions) {
  std::string out;
  for (const QuestionPair& pair : captions.pairs) {
    out += (out.empty() ? "" : "|") + pair.question + " " + pair.answer;
  }
  return out;
}

TEST(ReplicatorCaptions, SayWhatThereIsAndHowItStands) {
  const Captions captions = write_captions(graph(R"({"nodes": [
        {"id": 0, "label": "Box", "attributes": ["red", "large"], "center": [5, 5]},
        {"id": 1, "label": "box", "attributes": ["large", "red", "red"], "center": [9, 5]},
        {"id": 2, "label": "Orange", "attributes": [], "center": [1, 5]},
        {"id": 3, "label": "man", "attributes": ["tall"], "center": [20, 5]},
        {"id": 4, "label": "scissors", "attributes": ["made of steel"], "center": [30, 5]}],
       "edges": [{"source": 2, "target": 3, "relation": "left of"},
                 {"source": 3, "target": 4, "relation": "holding"},
                 {"source": 4, "target": 2, "relation": "behind"},
                 {"source": 0, "target": 2, "relation": "supports"}]})"),
                                           all_captions());
  EXPECT_EQ(captions.global.text,
            "There is an orange and two large red boxes. There is also a tall man and scissors. "
            "A large red box supports the orange. The man is holding the scissors. "
            "The orange is to the left of the man.");
  EXPECT_EQ(captions.brief.text, "Two boxes, an orange, a man and more.");
  EXPECT_EQ(pairs(captions),
            "How many objects are there? There are five objects.|"
            "How many boxes are there? There are two boxes.|"
            "How many oranges are there? There is one orange.|"
            "How many men are there? There is one man.|"
            "What is the man like? The man is tall.|"
            "Is the man holding the scissors? Yes, the man is holding the scissors.|"
            "Is the orange to the left of the man? Yes, the orange is to the left of the man.|"
            "Is the man to the left of the orange? No, the orange is to the left of the man.");
}

TEST(ReplicatorCaptions, AreNullWithAReason) {
  const std::string two = R"("nodes": [{"id": 0, "label": "a"}, {"id": 1, "label": "b"}])";
  const auto captions = [](const std::string& text, const GraphOptions& options) {
    return write_captions(full_graph(parse_graphs(text, "x").graphs.at(0)), options);
  };
  const Captions open = captions("{" + two + "}", all_captions());
  EXPECT_EQ(open.global.state, CaptionState::kWritten);
  EXPECT_EQ(open.questions, CaptionState::kNotFull);
  GraphOptions unsaved = all_captions();
  unsaved.save_full_scene_graph = false;
  EXPECT_EQ(captions(R"({"kind": "full", )" + two + "}", unsaved).questions,
            CaptionState::kFullNotSaved);
  const Captions none = captions(R"({"nodes": [], "brief_caption": null})", all_captions());
  EXPECT_EQ(none.global.state, CaptionState::kNoObjects);
  EXPECT_EQ(none.questions, CaptionState::kNoObjects);
  EXPECT_EQ(none.brief.state, CaptionState::kNoObjects);
  EXPECT_EQ(captions("{" + two + "}", GraphOptions()).global.state, CaptionState::kNotAsked);
}

TEST(ReplicatorCaptions, FilesHoldThem) {
  const Graph full = full_graph(graph_of(scenes::draw_scene(scenes::full_world(), 1, 0), 96));
  const json file = json::parse(caption_json(full, write_captions(full, all_captions())));
  EXPECT_TRUE(file["global_caption"].is_string());
  EXPECT_TRUE(file["sft_qa"][0]["question"].is_string());
  EXPECT_EQ(file["nodes"].size(), full.nodes.size());
  GraphOptions one;
  one.qa_caption = true;
  Graph open = full;
  open.kind = GraphKind::kOpen;
  const std::string text = caption_json(open, write_captions(open, one));
  EXPECT_TRUE(json::parse(text)["sft_qa"].is_null());
  EXPECT_FALSE(json::parse(text).contains("global_caption")) << "not asked for is not failed";
  EXPECT_EQ(parse_scenes(text, "scene_graph_caption").images.at(0).null_texts, 1u);
}

TEST(ReplicatorCaptions, DeniedRelationsDoNotHold) {
  std::size_t denied = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    const Graph full =
        full_graph(graph_of(scenes::draw_scene(scenes::full_world(), 3, number), 96));
    const Captions captions = write_captions(full, all_captions());
    EXPECT_FALSE(captions.global.text.empty());
    EXPECT_EQ(captions.global.text, write_captions(full, all_captions()).global.text);
    for (const QuestionPair& pair : captions.pairs) {
      EXPECT_TRUE(pair.question.ends_with('?') && pair.answer.ends_with('.')) << pair.question;
      denied += pair.answer.starts_with("No, ");
    }
  }
  EXPECT_GT(denied, 100u);
}

TEST(ReplicatorCaptions, English) {
  EXPECT_EQ(plural("box"), "boxes");
  EXPECT_EQ(plural("wine glass"), "wine glasses");
  EXPECT_EQ(plural("piece of cake"), "pieces of cake");
  EXPECT_EQ(plural("cherry"), "cherries");
  EXPECT_EQ(plural("toy"), "toys");
  EXPECT_EQ(plural("fireman"), "firemen");
  EXPECT_EQ(plural("sheep"), "sheep");
  EXPECT_EQ(plural("pallet jack"), "pallet jacks");
  EXPECT_EQ(plural("sm crate 01"), "sm crate 01");
  EXPECT_EQ(article("umbrella"), "an");
  EXPECT_EQ(article("unit"), "a");
  EXPECT_EQ(article("hourglass"), "an");
  EXPECT_EQ(article("house"), "a");
  EXPECT_EQ(list_of({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(list_of({"a", "b"}), "a and b");
  EXPECT_EQ(number_word(12), "twelve");
  EXPECT_EQ(number_word(13), "13");
}

}  // namespace
}  // namespace vernier::replicator

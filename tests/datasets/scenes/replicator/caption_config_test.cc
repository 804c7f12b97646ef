// The captioning extension's YAML.
#include "datasets/scenes/replicator/config/caption_config.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace vernier::replicator {
namespace {

CaptionConfig parse(const std::string& text) { return parse_caption_config(text, "file.yaml"); }

void refuses(const std::string& text, const std::string& message) {
  try {
    parse(text);
    FAIL() << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    EXPECT_EQ(std::string(error.what()).find(message), 0u) << error.what();
  }
}

const std::string kBlock = "isaacsim.replicator.caption.core:\n";

TEST(CaptionConfig, ReadsTheBlock) {
  const CaptionConfig config = parse(R"(# made by hand
---
isaacsim.replicator.agent:
  seed: 1
  list:
  - a: 1
isaacsim.replicator.caption.core:   # ours
  version: 0.6.1
  camera_prim_path:
    - /World/Cameras/Camera
    - "/World/Cameras/Camera # 2"
  scene_path: 'omniverse://a/b:c.usd'
  caption_configs:
      save_full_scene_graph: False

      pruning_ratio: 0.25  # a quarter
      use_ai_label: "true"
      max_object_capacity: 12
      global_caption: true
      export_edges: true
  output_path: /tmp/out
)");
  EXPECT_FALSE(config.options.save_full_scene_graph);
  EXPECT_TRUE(config.options.save_pruned_scene_graph);
  EXPECT_EQ(config.options.pruning_ratio, 0.25);
  EXPECT_TRUE(config.options.use_ai_label);
  EXPECT_FALSE(config.options.attach_label_to_usd);
  EXPECT_EQ(config.options.max_object_capacity, 12u);
  EXPECT_TRUE(config.options.global_caption);
  EXPECT_EQ(config.ignored,
            (std::vector<std::string>{"isaacsim.replicator.agent", "version", "camera_prim_path",
                                      "scene_path", "export_edges", "output_path"}));
}

TEST(CaptionConfig, DefaultsAreTheExtensions) {
  const GraphOptions options = parse(kBlock).options;
  EXPECT_TRUE(options.save_full_scene_graph && options.save_pruned_scene_graph);
  EXPECT_EQ(options.pruning_ratio, 1);
  EXPECT_EQ(options.max_object_capacity, 100u);
  EXPECT_FALSE(options.attach_label_to_usd || options.use_ai_label || options.captions());
  EXPECT_TRUE(parse("\xEF\xBB\xBF" + kBlock + "  brief_caption: TRUE\r\n").options.brief_caption)
      << "parameters may stand in the block itself";
}

TEST(CaptionConfig, RefusesWhatIsNone) {
  refuses("", "file.yaml: expected a block \"isaacsim.replicator.caption.core:\"");
  refuses("isaacsim.replicator.captions.core:\n  version: 1\n", "file.yaml: expected a block");
  refuses(kBlock + "  global_captions: true\n",
          "file.yaml:2: expected a parameter of isaacsim.replicator.caption.core, found "
          "\"global_captions\"");
  refuses(kBlock + "  global_caption: yes please\n", "file.yaml:2: global_caption: expected true");
  refuses(kBlock + "  global_caption:\n", "file.yaml:2: global_caption: expected true or false");
  refuses(kBlock + "  pruning_ratio: 1.5\n",
          "file.yaml:2: pruning_ratio: expected a number from 0");
  refuses(kBlock + "  pruning_ratio: nan\n",
          "file.yaml:2: pruning_ratio: expected a number from 0");
  refuses(kBlock + "  max_object_capacity: 0\n", "file.yaml:2: max_object_capacity: expected");
  refuses(kBlock + "  max_object_capacity: 2.5\n", "file.yaml:2: max_object_capacity: expected");
  refuses(kBlock + "  version: 1\n  version: 2\n", "file.yaml:3: version is there a second time");
  refuses(kBlock + "  version: 1\n" + kBlock,
          "file.yaml:3: \"isaacsim.replicator.caption.core\" is");
  refuses(kBlock + "  caption_configs:\n    qa_caption: true\n  qa_caption: true\n",
          "file.yaml:4: qa_caption is there a second time");
  refuses(kBlock + "\tversion: 1\n", "file.yaml:2: expected blanks, found a tab");
  refuses(kBlock + "  version 1\n", "file.yaml:2: expected \"key: value\"");
  refuses(kBlock + "  - version: 1\n", "file.yaml:2: expected \"key: value\", found an item");
  refuses(kBlock + "  caption_configs:\n    qa_caption: true\n   brief_caption: true\n",
          "file.yaml:4: expected 4 blanks before a parameter, found 3");
  refuses(kBlock + "  qa_caption: true\n    brief_caption: true\n",
          "file.yaml:3: expected 2 blanks before a parameter, found 4");
  refuses("  version: 1\n", "file.yaml:1: expected a key without blanks before it");
  refuses("isaacsim.replicator.caption.core: none\n", "file.yaml:1: expected parameters, found");
}

}  // namespace
}  // namespace vernier::replicator

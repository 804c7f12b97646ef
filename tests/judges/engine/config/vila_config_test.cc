// Configs of VILA-1.5 and NVILA: what they say, and what is refused.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "judges/engine/config/model_config.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

using nlohmann::json;
using Kind = ProjectorLayer::Kind;
using Rule = TilingConfig::Rule;

/// NVILA-8B's numbers.
json nvila() {
  return {{"model_type", "llava_llama"},
          {"model_dtype", "torch.bfloat16"},
          {"image_aspect_ratio", "dynamic_s2"},
          {"dynamic_s2", true},
          {"s2_scales", "448,896,1344"},
          {"s2_max_split_size", 448},
          {"s2_resize_output_to_scale_idx", -1},
          {"max_tiles", 12},
          {"mm_vision_select_layer", -2},
          {"mm_vision_select_feature", "cls_patch"},
          {"image_encoder", {{"_target_", "llava.model.encoders.BasicImageEncoder"}}},
          {"chat_template", "qwen2"},
          {"vision_tower_cfg",
           {{"model_type", "siglip_vision_model"},
            {"hidden_size", 1152},
            {"intermediate_size", 4304},
            {"num_hidden_layers", 27},
            {"num_attention_heads", 16},
            {"image_size", 448},
            {"patch_size", 14}}},
          {"mm_projector_cfg", {{"mm_projector_type", "mlp_downsample"}}},
          {"llm_cfg",
           {{"model_type", "qwen2"},
            {"hidden_size", 3584},
            {"intermediate_size", 18944},
            {"num_hidden_layers", 28},
            {"num_attention_heads", 28},
            {"num_key_value_heads", 4},
            {"vocab_size", 151651},
            {"eos_token_id", 151645},
            {"rope_theta", 1e6}}}};
}

ModelConfig read(const json& config) { return read_model_config({{config.dump(), "config.json"}}); }

json with(const std::string& pointer, const json& value) {
  json config = nvila();
  config[json::json_pointer(pointer)] = value;
  return config;
}

template <class... Words>
void expect_refused(const std::string& pointer, const json& value, Words... words) {
  expect_refusal([&] { read(with(pointer, value)); }, "config.json: ", words...);
}

std::uint64_t parameters(const ModelConfig& config) {
  std::uint64_t all = 0;
  for (const ProjectorLayer& layer : config.projector.layers) {
    if (layer.kind == Kind::kLinear) all += std::uint64_t{layer.in} * layer.out;
  }
  return all;
}

TEST(VilaConfig, NvilaSeesThreeScales) {
  const ModelConfig config = read(nvila());
  EXPECT_EQ(config.family, Family::kVila);
  EXPECT_EQ(config.tiling.rule, Rule::kDynamicS2);
  EXPECT_EQ(config.tiling.scales, (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(config.tiling.target, 2U);
  EXPECT_EQ(config.feature_width(), 3456U);
  EXPECT_EQ(config.projector.merge, 2U);
  EXPECT_EQ(config.projector.tokens(config.vision.side()), 16U);
  // The projector's file of NVILA-8B has 125 MB.
  EXPECT_EQ(parameters(config), 13824ULL * 3584 + 3584ULL * 3584);
  EXPECT_EQ(config.layers_run(), 26U);
  EXPECT_FALSE(config.drop_first_token);
  EXPECT_EQ(config.image_end, "\n");
  EXPECT_EQ(config.chat_template, "nvila");
  EXPECT_FALSE(config.image_token) << "the tokenizer says it";
  EXPECT_EQ(config.dtype, DType::kBf16);
  EXPECT_EQ(config.end_tokens, std::vector<std::uint32_t>{151645});
}

TEST(VilaConfig, LiteSeesTilesAndMergesByThree) {
  json lite = nvila();
  lite["image_aspect_ratio"] = "dynamic";
  lite["dynamic_s2"] = false;
  lite["mm_projector_cfg"]["mm_projector_type"] = "mlp_downsample_3x3_fix";
  const ModelConfig config = read(lite);
  EXPECT_EQ(config.tiling.rule, Rule::kRatioGrid);
  EXPECT_EQ(config.tiling.least_tiles, 1U);
  EXPECT_EQ(config.tiling.most_tiles, 12U);
  EXPECT_TRUE(config.tiling.scales.empty());
  EXPECT_EQ(config.projector.tokens(config.vision.side()), 11U) << "32 places become 33";
  EXPECT_EQ(parameters(config), 10368ULL * 3456 + 3456ULL * 3584 + 3584ULL * 3584);
  std::vector<std::string> names;
  for (const ProjectorLayer& layer : config.projector.layers) names.push_back(layer.name);
  EXPECT_EQ(names, (std::vector<std::string>{"1", "2", "", "4", "5", "", "7"}));
}

TEST(VilaConfig, Vila15HasDefaultsOfItsOwn) {
  json old = nvila();
  for (const char* key : {"dynamic_s2", "s2_scales", "s2_resize_output_to_scale_idx", "max_tiles",
                          "mm_vision_select_layer", "image_encoder", "chat_template"}) {
    old.erase(key);
  }
  old["image_aspect_ratio"] = "resize";
  old["vision_tower_cfg"]["image_size"] = 384;
  const ModelConfig config = read(old);
  EXPECT_EQ(config.tiling.rule, Rule::kSquash);
  EXPECT_EQ(config.projector.tokens(config.vision.side()), 14U) << "27 places become 28";
  EXPECT_EQ(config.layers_run(), 26U);
  EXPECT_TRUE(config.image_end.empty());
  EXPECT_TRUE(config.chat_template.empty());
  old.erase("image_aspect_ratio");
  EXPECT_EQ(read(old).tiling.rule, Rule::kProcessor);
}

TEST(VilaConfig, PartsOfFoldersComeBeforeThoseInside) {
  ConfigFiles files{{nvila().dump(), "config.json"}};
  json llm = nvila()["llm_cfg"];
  llm["num_hidden_layers"] = 3;
  files.llm = ConfigFile(llm.dump(), "llm/config.json");
  files.mm_projector = ConfigFile(R"({"mm_projector_type":"linear"})", "mm_projector/config.json");
  const ModelConfig config = read_model_config(files);
  EXPECT_EQ(config.text.layers, 3U);
  EXPECT_EQ(config.projector.layers.size(), 1U);
  EXPECT_EQ(config.projector.merge, 1U);
  files.llm = ConfigFile(R"({"model_type":"gemma2"})", "llm/config.json");
  expect_refusal([&] { read_model_config(files); }, "llm/config.json: model_type is \"gemma2\"",
                 "llama or qwen2");
}

TEST(VilaConfig, ProjectorsOfAllTypes) {
  const auto layers = [](const char* type) {
    return read(with("/mm_projector_cfg/mm_projector_type", type)).projector.layers;
  };
  EXPECT_EQ(layers("mlp_downsample"), layers("mlp_downsample_2x2_fix"));
  EXPECT_EQ(layers("mlp2x_gelu").size(), 3U);
  EXPECT_EQ(layers("mlp3x_gelu").back().name, "4");
  EXPECT_EQ(layers("mlp1x_gelu"), layers("linear"));
  json same = nvila();
  same["mm_projector_cfg"]["mm_projector_type"] = "identity";
  same["vision_tower_cfg"]["hidden_size"] = 64;
  same["llm_cfg"] = {{"model_type", "llama"}, {"hidden_size", 192}, {"num_attention_heads", 4}};
  EXPECT_TRUE(read(same).projector.layers.empty());
}

TEST(VilaConfig, ScalesMayBeAListInAnyOrder) {
  json config = nvila();
  config["s2_scales"] = {1344, 448};
  config.erase("s2_resize_output_to_scale_idx");
  const TilingConfig tiling = read(config).tiling;
  EXPECT_EQ(tiling.scales, (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(tiling.target, 0U) << "the default of VILA's own code";
  config["s2_scales"] = "1344, 448";
  EXPECT_EQ(read(config).tiling.scales, tiling.scales);
}

TEST(VilaConfig, RefusesWhatItHasNot) {
  expect_refused("/mm_projector_cfg/mm_projector_type", "mlp_downsample_3x3_s2",
                 "mm_projector_cfg.mm_projector_type is \"mlp_downsample_3x3_s2\"",
                 "mlp_downsample_2x2_fix");
  expect_refused("/mm_projector_cfg/mm_projector_type", nullptr, "mm_projector_type is absent");
  expect_refused("/mm_projector_cfg/mm_projector_type", "mlpx_gelu", "expected mlp_downsample");
  expect_refused("/mm_projector_cfg/mm_projector_type", "mlp0x_gelu", "expected mlp_downsample");
  expect_refused("/mm_projector_cfg/mm_projector_type", "mlp99x_gelu", "another depth up to 16");
  expect_refused("/mm_projector_cfg/mm_projector_type", "identity", "makes 3584 numbers of 3456");
  expect_refused("/image_aspect_ratio", "anyres", "image_aspect_ratio is \"anyres\"",
                 "resize, pad, dynamic or dynamic_s2");
  expect_refused("/s2", true, "s2 is true", "dynamic_s2 is read");
  expect_refused("/ps3", true, "ps3 is true");
  expect_refused("/mm_use_im_start_end", true, "mm_use_im_start_end is true");
  expect_refused("/chat_template", "mistral", "chat_template is \"mistral\"", "qwen2");
  expect_refused("/vision_tower_cfg/model_type", "intern_vit_6b",
                 "vision_tower_cfg.model_type is \"intern_vit_6b\"", "siglip_vision_model");
  expect_refused("/image_encoder/_target_", "llava.model.encoders.TSPVideoEncoder",
                 "image_encoder._target_ is", "BasicImageEncoder");
  expect_refused("/image_encoder", R"({"_target_":"x"})", "image_encoder: _target_ is \"x\"");
  expect_refused("/image_encoder", "{", "image_encoder: is not JSON");
  expect_refused("/llm_cfg", "a/path", "llm_cfg is \"a/path\"", "a folder llm");
  expect_refused("/mm_projector_cfg", nullptr, "mm_projector_cfg is absent",
                 "a folder mm_projector with config.json");
}

TEST(VilaConfig, RefusesNumbersThatDoNotFitTogether) {
  expect_refused("/mm_vision_select_feature", "patch", "mm_vision_select_feature is \"patch\"",
                 "cls_patch: the tower has no class token");
  expect_refused("/mm_vision_select_feature", "cls", "patch or cls_patch");
  expect_refused("/mm_vision_select_layer", 28, "mm_vision_select_layer is 28", "-28 to 27");
  expect_refused("/dynamic_s2", false, "dynamic_s2 is false", "image_aspect_ratio is dynamic_s2");
  expect_refused("/max_tiles", 8, "max_tiles is 8", "at least 9, the tiles of the largest");
  expect_refused("/max_tiles", 100000, "from 1 to 256");
  expect_refused("/s2_scales", "448,900", "s2_scales is \"448,900\"", "multiples of it");
  expect_refused("/s2_scales", "384,768", "image_size 448 of the tower");
  for (const json& scales : {json("448;896"), json("448,"), json(""), json("448,x"), json("0"),
                             json(nullptr), json::array(), json("1,1,1,1,1,1,1,1,1")}) {
    expect_refused("/s2_scales", scales, "s2_scales is ", "sizes in pixels");
  }
  expect_refused("/s2_scales", json::array({448, "896"}), "s2_scales is a list");
  expect_refused("/s2_resize_output_to_scale_idx", 3, "from -3 to 2");
  json lite = with("/image_aspect_ratio", "dynamic");
  lite["min_tiles"] = 13;
  expect_refusal([&] { read(lite); }, "max_tiles is 12", "at least 13, the tiles of min_tiles");
}

TEST(VilaConfig, ALlavaWithoutPartsIsNone) {
  expect_refusal(
      [] {
        read({{"model_type", "llava_llama"}});
      },
      "model_type is \"llava_llama\"", "llm_cfg");
  expect_refusal(
      [] {
        read({{"model_type", "llava_llama"}, {"mm_projector_type", "linear"}});
      },
      "not of the original LLaVA");
}

}  // namespace
}  // namespace vernier::engine

// Configs against what transformers makes of them (tests/oracles/container_goldens.py), and configs
// that are to be refused.
#include "judges/engine/config/model_config.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

using nlohmann::json;

const char* name_of(VisionKind kind, Family family) {
  if (kind == VisionKind::kClip) return "clip_vision_model";
  if (kind == VisionKind::kSiglip) return "siglip_vision_model";
  return family == Family::kIdefics3 ? "idefics3_vision" : "smolvlm_vision";
}

const char* name_of(Activation activation) {
  return activation == Activation::kGelu        ? "gelu"
         : activation == Activation::kGeluTanh  ? "gelu_pytorch_tanh"
         : activation == Activation::kQuickGelu ? "quick_gelu"
                                                : "?";
}

json rope_of(const RopeConfig& rope) {
  json out = {{"rope_theta", rope.theta}, {"rope_type", "default"}};
  if (rope.kind == RopeKind::kDefault) return out;
  out["rope_type"] = "linear";
  out["factor"] = rope.factor;
  if (rope.kind == RopeKind::kLinear) return out;
  out["rope_type"] = "llama3";
  out["low_freq_factor"] = rope.low_frequency_factor;
  out["high_freq_factor"] = rope.high_frequency_factor;
  out["original_max_position_embeddings"] = rope.original_positions;
  return out;
}

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json();
}

const char* dtype_of(const ModelConfig& config) {
  if (!config.dtype) return "None";
  return config.dtype == DType::kF16    ? "float16"
         : config.dtype == DType::kBf16 ? "bfloat16"
                                        : "float32";
}

/// As the script writes it.
json resolved(const ModelConfig& c) {
  const VisionConfig& v = c.vision;
  const TextConfig& t = c.text;
  const bool llama = t.kind == TextKind::kLlama;
  EXPECT_EQ(t.qkv_bias, llama ? t.output_bias : true);
  const std::vector<ProjectorLayer>& projector = c.projector.layers;
  EXPECT_EQ(projector.size(), c.last_norm ? 1U : 3U);
  json grid = json::array();
  for (const GridPoint& point : c.grid_pinpoints) grid.push_back({point.height, point.width});
  return {{"vision",
           {{"type", name_of(v.kind, c.family)},
            {"width", v.width},
            {"mlp", v.mlp},
            {"layers", v.layers},
            {"heads", v.heads},
            {"image", v.image},
            {"patch", v.patch},
            {"activation", name_of(v.activation)},
            {"eps", v.eps}}},
          {"text",
           {{"type", llama ? "llama" : "qwen2"},
            {"width", t.width},
            {"mlp", t.mlp},
            {"layers", t.layers},
            {"heads", t.heads},
            {"kv_heads", t.kv_heads},
            {"head_size", t.head_size},
            {"vocabulary", t.vocabulary},
            {"positions", t.positions},
            {"eps", t.eps},
            {"rope", rope_of(t.rope)},
            {"attention_bias", llama ? json(t.output_bias) : json()},
            {"mlp_bias", t.mlp_bias}}},
          {"image_token", *c.image_token},
          {"feature_layers", c.feature_layers},
          {"strategy", c.drop_first_token ? "default" : "full"},
          {"projector_activation", name_of(projector[projector.size() / 2].activation)},
          {"projector_bias", projector.front().bias},
          {"merge", c.projector.merge},
          {"grid_pinpoints", grid},
          {"tied", c.tied},
          {"dtype", dtype_of(c)},
          {"ends", c.end_tokens},
          {"begin", or_null(c.begin_token)},
          {"pad", or_null(c.pad_token)}};
}

TEST(ModelConfig, EqualsTransformers) {
  const json cases = json::parse(read_file(golden("../../config/config_goldens.json")));
  EXPECT_GT(cases.size(), 30u);
  for (const json& one : cases) {
    std::optional<ConfigFile> generation;
    if (!one["generation"].is_null()) generation.emplace(one["generation"].dump(), "g");
    const ModelConfig config =
        read_model_config({{one["config"].dump(), "config.json"}, generation});
    // Python writes 4096 and 4096.0 for the same; comparing numbers takes them as equal.
    EXPECT_EQ(resolved(config), one["resolved"])
        << one["name"] << "\n"
        << json::diff(one["resolved"], resolved(config)).dump(1);
  }
}

ModelConfig parse(const std::string& text) { return read_model_config({{text, "config.json"}}); }

template <class... Words>
void expect_refused(const std::string& text, Words... words) {
  expect_refusal([&] { parse(text); }, "config.json: ", words...);
}

std::string with_vision(const std::string& members) {
  return R"({"model_type":"llava","image_token_index":5,"vision_config":{)" + members + "}}";
}
std::string with_text(const std::string& members) {
  return R"({"model_type":"llava","image_token_index":5,"text_config":{)" + members + "}}";
}
std::string with_top(const std::string& members) {
  return R"({"model_type":"llava","image_token_id":5,)" + members + "}";
}

TEST(ModelConfig, DerivedNumbers) {
  const ModelConfig config = parse(with_top(R"("vision_feature_layer":[-2,5])"));
  EXPECT_EQ(config.feature_layers, (std::vector<std::uint32_t>{23, 5}));
  EXPECT_EQ(config.layers_run(), 23u);
  EXPECT_EQ(config.feature_width(), 2048u);
  EXPECT_EQ(config.vision.tokens(), 577u);
  const ModelConfig smol = parse(R"({"model_type":"smolvlm","image_token_id":1,"scale_factor":3,)"
                                 R"("vision_config":{"image_size":384,"patch_size":14}})");
  EXPECT_EQ(smol.vision.tokens(), 729u);
  EXPECT_EQ(smol.feature_width(), 1152u);
  EXPECT_EQ(smol.projector.layers.front().in, 9u * 1152);
  EXPECT_EQ(smol.layers_run(), 12u);
}

TEST(ModelConfig, RefusesOtherModels) {
  expect_refused("{}", "model_type is absent", "llava, llava_next, idefics3 or smolvlm");
  expect_refused(R"({"model_type":"qwen2_vl"})", "model_type is \"qwen2_vl\"", "llava_next");
  expect_refused(R"({"model_type":3})", "model_type is 3", "a string");
  expect_refused(R"({"model_type":"llava","mm_projector_type":"mlp2x_gelu"})", "original LLaVA");
  expect_refused(with_vision(R"("model_type":"vit")"), "vision_config.model_type is \"vit\"",
                 "siglip_vision_model");
  expect_refused(with_text(R"("model_type":"gemma")"), "text_config.model_type is \"gemma\"",
                 "qwen2");
}

TEST(ModelConfig, RefusesTextThatIsNoConfig) {
  expect_refused("", "JSON");
  expect_refused("[]", "not a JSON object");
  expect_refused("{\"model_type\":\"llava\"", "JSON");
  expect_refused("{\"model_type\":\"\xFF\"}", "JSON");
  expect_refused(R"({"model_type":"llava","model_type":"idefics3"})", "the key once");
  expect_refused(with_text(R"("hidden_size":64,"hidden_size":32)"), "text_config.hidden_size");
  expect_refused(R"({"a":)" + std::string(1'000'000, '['), "JSON");
  std::string objects;
  for (int n = 0; n < 100'000; ++n) objects += R"({"a":)";
  expect_refused(objects, "JSON");
  EXPECT_EQ(parse("\xEF\xBB\xBF{\"model_type\":\"llava\",\"image_token_id\":5}").text.width, 4096u);
}

TEST(ModelConfig, RefusesBrokenNumbers) {
  for (const char* key :
       {"hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads"}) {
    for (const char* value : {"0", "-1", "1e3", "12.0", "\"12\"", "true", "[12]", "{}",
                              "99999999999", "18446744073709551615", "1e400"}) {
      const std::string member = std::string("\"") + key + "\":" + value;
      expect_refusal([&] { parse(with_vision(member)); }, "config.json: ");
      expect_refusal([&] { parse(with_text(member)); }, "config.json: ");
    }
    expect_refused(with_text(std::string("\"") + key + "\":0"), std::string("text_config.") + key,
                   "is 0", "a whole number from 1 to");
  }
  for (const char* value : {"0", "-1e-5", "\"1e-5\"", "[]"}) {
    expect_refused(with_text(std::string(R"("rms_norm_eps":)") + value), "rms_norm_eps",
                   "a number above 0");
  }
  expect_refused(with_vision(R"("num_channels":1)"), "vision_config.num_channels is 1");
}

TEST(ModelConfig, RefusesNumbersThatDoNotFitTogether) {
  expect_refused(with_vision(R"("hidden_size":100,"num_attention_heads":12)"),
                 "num_attention_heads is 12", "a divisor of hidden_size 100");
  expect_refused(with_text(R"("hidden_size":100,"num_attention_heads":12)"), "hidden_size 100");
  expect_refused(with_text(R"("num_key_value_heads":5)"), "num_key_value_heads is 5",
                 "a divisor of num_attention_heads 32");
  expect_refused(with_text(R"("num_key_value_heads":64)"), "num_key_value_heads is 64");
  expect_refused(with_text(R"("head_dim":3)"), "head_dim is 3", "even");
  expect_refused(with_text(R"("hidden_size":9,"num_attention_heads":3)"), "head_dim", "even");
  expect_refused(with_vision(R"("image_size":16)"), "patch_size is absent",
                 "at most image_size 16");
  expect_refused(with_vision(R"("image_size":[16,32])"), "image_size", "a square");
  expect_refused(with_vision(R"("image_size":[])"), "image_size", "a square");
  expect_refused(with_text(R"("vocab_size":5)"), "image_token_index is 5", "vocab_size 5");
  expect_refused(R"({"model_type":"llava"})", "image_token_id is absent", "(it is 32000)");
  expect_refused(with_top(R"("image_token_index":6)"), "image_token_id is 5",
                 "image_token_index 6");
  expect_refused(R"({"model_type":"idefics3","image_token_id":5,"scale_factor":4})",
                 "scale_factor is 4", "a divisor of the 7 patches");
  expect_refused(R"({"model_type":"idefics3","image_token_id":5})", "scale_factor is absent");
  expect_refused(R"({"model_type":"idefics3","scale_factor":7})", "image_token_id is absent",
                 "(it is 128257)");
}

TEST(ModelConfig, RefusesWhatTheEngineHasNot) {
  expect_refused(with_vision(R"("hidden_act":"relu")"), "vision_config.hidden_act is \"relu\"",
                 "quick_gelu");
  expect_refused(with_text(R"("hidden_act":"gelu")"), "text_config.hidden_act is \"gelu\"", "silu");
  expect_refused(with_top(R"("projector_hidden_act":"silu")"), "projector_hidden_act is \"silu\"");
  expect_refused(with_top(R"("vision_feature_select_strategy":"patch")"), "is \"patch\"",
                 "default or full");
  expect_refused(with_top(R"("vision_feature_layer":25)"), "vision_feature_layer", "-25 to 24");
  expect_refused(with_top(R"("vision_feature_layer":[])"), "vision_feature_layer is a list");
  expect_refused(with_top(R"("vision_feature_layer":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16])"),
                 "at most 16 numbers");
  expect_refused(with_top(R"("dtype":"int8")"), "dtype is \"int8\"", "bfloat16");
  expect_refused(with_text(R"("model_type":"qwen2","use_sliding_window":true)"),
                 "use_sliding_window");
  expect_refused(R"({"model_type":"llava_next","image_token_id":5,"image_grid_pinpoints":[]})",
                 "image_grid_pinpoints");
  expect_refused(
      R"({"model_type":"llava_next","image_token_id":5,"image_grid_pinpoints":[[1,2],[3]]})",
      "pairs");
  expect_refused(
      R"({"model_type":"llava_next","image_token_id":5,"image_grid_pinpoints":[[0,336]]})",
      "from 1 to");
}

TEST(ModelConfig, RefusesRotaryPositionsThatItHasNot) {
  const auto rope = [](const char* members) {
    return with_text(std::string(R"("rope_scaling":{)") + members + "}");
  };
  expect_refused(rope(R"("type":"yarn","factor":2)"), "rope_scaling.type is \"yarn\"", "llama3");
  expect_refused(rope(R"("rope_type":"linear")"), "rope_scaling.factor is absent");
  expect_refused(rope(R"("rope_type":"linear","factor":0)"), "rope_scaling.factor is 0");
  expect_refused(
      rope(R"("rope_type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":4)"),
      "high_freq_factor is 4", "above low_freq_factor 4");
  expect_refused(rope(R"("rope_type":"llama3","factor":8,"low_freq_factor":1)"),
                 "high_freq_factor is absent");
  expect_refused(with_text(R"("rope_theta":-1)"), "rope_theta is -1");
  expect_refused(with_text(R"("partial_rotary_factor":0.5)"), "partial_rotary_factor");
  expect_refused(with_text(R"("rope_scaling":7)"), "rope_scaling is 7", "an object");
}

TEST(ModelConfig, MessagesStayShortAndPrintable) {
  const std::string message =
      refusal([] { parse(R"({"model_type":"\u001b[31m)" + std::string(100'000, 'x') + "\"}"); });
  EXPECT_LT(message.size(), 300u);
  EXPECT_NE(message.find("\\u001b"), std::string::npos);
}

TEST(ModelConfig, LoadsFolders) {
  const Folder folder;
  expect_refusal([&] { load_model_config(folder.path()); }, "config.json", "No such file");
  folder.write("config.json", R"({"model_type":"llava","image_token_id":5})");
  EXPECT_EQ(load_model_config(folder.path()).end_tokens, (std::vector<std::uint32_t>{2}));
  folder.write("generation_config.json", R"({"eos_token_id":[7,8]})");
  EXPECT_EQ(load_model_config(folder.path()).end_tokens, (std::vector<std::uint32_t>{7, 8}));
  folder.write("generation_config.json", R"({"eos_token_id":-1})");
  expect_refusal([&] { load_model_config(folder.path()); }, "generation_config.json: eos_token_id");
}

}  // namespace
}  // namespace vernier::engine

// Folders of VILA and NVILA through the real program (tests/oracles/vila_models.py makes them).
#include <gtest/gtest.h>

#include <cmath>

#include "judges/engine/container/tensor_store.h"
#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

const DrawnScenes& drawn() {
  static const DrawnScenes scenes(4);
  return scenes;
}

std::string folder_of(const std::string& name) {
  return std::string(VERNIER_SOURCE) + "/tests/judges/engine/models/" + name;
}

std::string captions_of(const std::string& model, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {
      "caption", "--model", model, "--images", drawn().images(), "-o", "-", "--max-new", "5"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Finished done = vernier(arguments);
  EXPECT_EQ(done.code, 0) << done.err;
  return done.out;
}

double loss_of(const std::string& model) {
  const Finished done = vernier({"judge", drawn().captions(), "--images", drawn().images(),
                                 "--model", model, "--mode", "likelihood", "--json", "--quiet"});
  EXPECT_EQ(done.code, 0) << done.err;
  return Json::parse(done.out)["scores"]["loss"];
}

TEST(VilaCommand, CaptionsAreTheSameBytesHoweverTheyAreWorked) {
  for (const char* name : {"vila15", "vila_pad", "nvila_lite", "nvila", "nvila_middle"}) {
    const std::string captions = captions_of(folder_of(name));
    EXPECT_EQ(json_lines(captions).size(), 4U) << name;
    EXPECT_EQ(captions_of(folder_of(name), {"--live", "1", "-t", "1"}), captions) << name;
  }
}

TEST(VilaCommand, TheTemplateCanBeNamed) {
  const Finished done =
      vernier({"caption", "--model", folder_of("nvila_lite"), "--images", drawn().images(), "-o",
               "-", "--max-new", "1", "--chat-template", "chatml"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("template:chatml"), std::string::npos) << done.err;
}

void expect_same_tensors(const std::string& a, const std::string& b) {
  const auto of_a = engine::TensorStore::open(a), of_b = engine::TensorStore::open(b);
  ASSERT_EQ(of_a.tensors().size(), of_b.tensors().size());
  for (const auto& tensor : of_a.tensors()) {
    const auto* const other = of_b.find(tensor.name);
    ASSERT_NE(other, nullptr) << tensor.name;
    EXPECT_TRUE(std::ranges::equal(tensor.view.bytes, other->view.bytes)) << tensor.name;
  }
}

TEST(VilaCommand, AFolderInFewBitsIsOneOfThreeFoldersAgain) {
  const TemporaryFolder folder;
  for (const char* name : {"vila15", "nvila"}) {
    const std::string to = folder.path(name).string(), from = folder_of(name);
    const Finished done = vernier({"quantize", "--model", from, "--method", "rtn", "--bits", "8",
                                   "--group", "32", "-o", to, "--json", "--quiet"});
    ASSERT_EQ(done.code, 0) << done.err;
    for (const char* part : {"/vision_tower", "/mm_projector"}) {
      expect_same_tensors(from + part, to + part);
    }
    const Json config = Json::parse(read_file(to + "/llm/config.json"));
    EXPECT_EQ(config["quantization_config"]["quant_method"], "gptq");
    EXPECT_EQ(config["hidden_size"], 32);
    EXPECT_EQ(read_file(to + "/config.json"), read_file(from + "/config.json"));
    EXPECT_EQ(read_file(to + "/llm/tokenizer.json"), read_file(from + "/llm/tokenizer.json"));
    EXPECT_FALSE(std::filesystem::exists(to + "/llm/model.safetensors.index.json"));
    EXPECT_NEAR(loss_of(to), loss_of(from), 0.02) << name;
    EXPECT_NE(loss_of(to), loss_of(from)) << name;
  }
}

TEST(VilaCommand, TwoOfThemAreComparedUnitByUnit) {
  const TemporaryFolder folder;
  const std::string to = folder.path("q").string();
  ASSERT_EQ(vernier({"quantize", "--model", folder_of("nvila"), "--method", "rtn", "--group", "32",
                     "-o", to, "--quiet"})
                .code,
            0);
  const Finished done = vernier({"precision", "--model-a", folder_of("nvila"), "--model-b", to,
                                 "--json", "--quiet", "--levels", "units", drawn().path("set")});
  const Json json = Json::parse(done.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << done.err;
  EXPECT_EQ(json["pairs"][0]["units"]["changed"].size(), 4U) << "attention and MLP of two layers";
}

TEST(VilaCommand, WhatIsMissingIsSaidInOneLine) {
  const TemporaryFolder folder;
  const auto refused = [&](const char* name, auto change) {
    const std::filesystem::path copy = folder.path(name);
    std::filesystem::copy(folder_of("nvila"), copy, std::filesystem::copy_options::recursive);
    change(copy);
    const Finished done =
        vernier({"caption", "--model", copy.string(), "--images", drawn().images(), "-o", "-"});
    EXPECT_EQ(done.code, 4) << done.err;
    EXPECT_EQ(std::ranges::count(done.err, '\n'), 1) << done.err;
    return done.err;
  };
  const auto without = [](const char* part) {
    return [part](const std::filesystem::path& copy) { std::filesystem::remove_all(copy / part); };
  };
  EXPECT_NE(refused("a", without("vision_tower")).find("lacks the folder vision_tower"),
            std::string::npos);
  EXPECT_NE(refused("b", without("llm")).find("lacks the folder llm"), std::string::npos);
  EXPECT_NE(refused("c", without("mm_projector")).find("lacks the folder mm_projector"),
            std::string::npos);
  EXPECT_NE(refused("d",
                    [](const std::filesystem::path& copy) {
                      std::ofstream(copy / "mm_projector/config.json")
                          << R"({"mm_projector_type": "resampler"})";
                    })
                .find("mm_projector_type is \"resampler\", expected mlp_downsample"),
            std::string::npos);
}

}  // namespace
}  // namespace vernier::tests

// `vernier quantize` through the real program, on the model that comes with vernier.
#include <gtest/gtest.h>

#include "tests/runners/model/drawn_scenes.h"

namespace vernier::tests {
namespace {

using Json = nlohmann::json;

Finished quantize(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"quantize", "--quiet", "--json"});
  return vernier(arguments);
}

std::string weights(const TemporaryFolder& folder, const std::string& name) {
  return read_file(folder.path(name + "/model.safetensors"));
}

const DrawnScenes& drawn() {
  static const DrawnScenes scenes(12);
  return scenes;
}

TEST(QuantizeCommand, AwqIsCloserThanRoundingAndTheSameForAnyThreads) {
  const TemporaryFolder folder;
  std::vector<Json> reports;
  for (const std::string threads : {"1", "2"}) {
    const Finished done = quantize({"--calibration", drawn().path("set"), "--calibration-tokens",
                                    "1500", "-t", threads, "-o", folder.path(threads).string()});
    ASSERT_EQ(done.code, 0) << done.err;
    reports.push_back(Json::parse(done.out)["checkpoints"][0]);
    EXPECT_EQ(Json::parse(done.out)["schema"], "vernier.quantize/1");
  }
  EXPECT_EQ(weights(folder, "1"), weights(folder, "2"));
  EXPECT_EQ(reports[0]["weights"], reports[1]["weights"]);
  const Json& report = reports[0];
  EXPECT_LT(report["bytes_after"], report["bytes_before"]);
  EXPECT_NEAR(report["bits_per_layer_weight"].get<double>(), 4 + 20.0 / 128, 1e-9);
  ASSERT_EQ(report["layers"].size(), 5U);
  for (const Json& layer : report["layers"]) {
    EXPECT_LT(layer["attention_error"], layer["attention_error_rounded"]);
    EXPECT_LT(layer["mlp_error"], layer["mlp_error_rounded"]);
  }
  const Json config = Json::parse(read_file(folder.path("1/config.json")));
  EXPECT_EQ(config["quantization_config"]["quant_method"], "awq");
  EXPECT_EQ(config["quantization_config"]["bits"], 4);
  EXPECT_EQ(config["quantization_config"]["group_size"], 128);
}

TEST(QuantizeCommand, TheFolderIsAModel) {
  const TemporaryFolder folder;
  const std::string plain = folder.path("plain.jsonl").string();
  ASSERT_EQ(vernier({"caption", "--images", drawn().images(), "-o", plain}).code, 0);
  for (const auto& [name, arguments, precision] :
       {std::tuple{"a", std::vector<std::string>{"--bits", "8", "--group", "64"},
                   "dtype:int8-g64-gptq"},
        {"b", {"--layout", "gptq"}, "dtype:int4-g128-gptq"},
        {"c", {"--group", "32"}, "dtype:int4-g32-awq"}}) {
    std::vector<std::string> all = {"--method", "rtn", "-o", folder.path(name).string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    ASSERT_EQ(quantize(all).code, 0) << name;
    const std::string captions = folder.path(std::string(name) + ".jsonl").string();
    const Finished done = vernier({"caption", "--model", folder.path(name).string(), "--images",
                                   drawn().images(), "-o", captions});
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.err.find(precision), std::string::npos) << done.err;
    // Most captions are those of the model that it was made of.
    const auto before = json_lines(read_file(plain)), after = json_lines(read_file(captions));
    ASSERT_EQ(before.size(), after.size());
    int equal = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
      equal += before[i]["caption"] == after[i]["caption"];
    }
    EXPECT_GE(equal, 8) << name;
  }
}

TEST(QuantizeCommand, CalibratesWithCaptionsAndWithTextsAlone) {
  const TemporaryFolder folder;
  const Finished seen =
      quantize({"--calibration", drawn().captions(), "--images", drawn().images(),
                "--calibration-tokens", "600", "-o", folder.path("seen").string()});
  ASSERT_EQ(seen.code, 0) << seen.err;
  EXPECT_NE(
      Json::parse(seen.out)["checkpoints"][0]["calibration"].get<std::string>().find("pictures"),
      std::string::npos);
  const Finished texts = quantize({"--calibration", drawn().captions(), "--calibration-tokens",
                                   "600", "-o", folder.path("texts").string()});
  ASSERT_EQ(texts.code, 0) << texts.err;
  EXPECT_NE(Json::parse(texts.out)["checkpoints"][0]["calibration"].get<std::string>().find(
                "without pictures"),
            std::string::npos);
  EXPECT_NE(weights(folder, "seen"), weights(folder, "texts"));
}

TEST(QuantizeCommand, SeveralAtOnce) {
  const TemporaryFolder folder;
  const std::string grid = folder.path("grid").string();
  const Finished done =
      quantize({"--method", "rtn", "--bits", "4,8", "--group", "64,128", "-o", grid});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(Json::parse(done.out)["checkpoints"].size(), 4U);
  const std::string one = folder.path("one").string();
  ASSERT_EQ(quantize({"--method", "rtn", "--group", "64", "-o", one}).code, 0);
  EXPECT_EQ(weights(folder, "grid/rtn-int4-g64"), weights(folder, "one"));
  EXPECT_TRUE(std::filesystem::exists(grid + "/rtn-int8-g128/config.json"));
}

TEST(QuantizeCommand, SaysWhatCannotBe) {
  const TemporaryFolder folder;
  const std::string out = folder.path("out").string();
  struct Refused {
    std::vector<std::string> arguments;
    int code;
    const char* message;
  };
  ASSERT_EQ(quantize({"--method", "rtn", "-o", folder.path("int4").string()}).code, 0);
  folder.write("empty.jsonl", "");
  for (const Refused& refused :
       {Refused{{"--bits", "8", "--layout", "awq", "-o", out}, 2, "--layout gptq holds both"},
        {{"--bits", "3", "-o", out}, 2, "--bits"},
        {{"--group", "48", "-o", out}, 2, "--group"},
        {{"--model", folder.path("none").string(), "-o", out}, 4, "none"},
        {{"--model", folder.path("int4").string(), "--method", "rtn", "-o", out}, 4, "quantised"},
        {{"--calibration", folder.path("empty.jsonl").string(), "-o", out}, 3, "empty.jsonl"},
        {{"--method", "rtn", "-o", folder.path("int4").string()}, 6, "int4"}}) {
    const Finished done = quantize(refused.arguments);
    EXPECT_EQ(done.code, refused.code) << done.err;
    EXPECT_NE(done.err.find(refused.message), std::string::npos) << done.err;
    EXPECT_FALSE(std::filesystem::exists(folder.path("out/config.json")));
  }
  EXPECT_EQ(quantize({"--method", "rtn", "--force", "-o", folder.path("int4").string()}).code, 0);
}

}  // namespace
}  // namespace vernier::tests
